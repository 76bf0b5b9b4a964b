//! The words of headings, in six languages: of each role, of a time, of an end of a range.

use super::{End, Role};
use crate::units::reading::beside::{CURRENCIES, UNITS};

/// Phrases of each role, separated by `|`.
pub const PHRASES: &[(Role, &str)] = &[
    (
        Role::Id,
        "risiko id|risico id|risque id|riesgo id|rischio id|réf risque|ref risque|référence du risque|codice rischio|\
         código riesgo|código de riesgo|código del riesgo|id del riesgo|id du risque|risikocode|risk code|referencia|\
         riferimento|\
         id|no|nr|n º|nº|n|risiconummer|risicocode|risk #|ref|réf|référence|ref id|risk id|risk no|risk nr|risk ref|\
         risk number|number|nummer|lfd nr|risiko nr|\
         risikonummer|kennung|numéro|n°|numero|número|num|codice|código|code|key|riskid|id rischio|id riesgo|\
         id risque|risico nr|#",
    ),
    (
        Role::Name,
        "risikoname|risk names|schadensereignis|libellé|libellé du risque|evento|evento de riesgo|evento di rischio|gebeurtenis|risicoscenario|\
         risico omschrijving|risicoomschrijving|nombre de riesgo|denominación|denominazione|\
         risk|risks|risiken|risques|riesgos|rischi|risk title|title|name|risk name|risk description|threat event|\
         scenario|risk scenario|event|\
         risk event|risk statement|threat|risiko|risikobezeichnung|bezeichnung|titel|szenario|gefährdung|\
         bedrohung|ereignis|risikobeschreibung|risque|titre|intitulé|scénario|menace|riesgo|título|nombre|\
         escenario|amenaza|rischio|titolo|nome|minaccia|risico|naam|dreiging|what could happen|nom du risque|\
         nombre del riesgo|what could go wrong|risikoszenario|bedrohungsszenario|événement redouté|\
         omschrijving risico|descripción del riesgo|descrizione del rischio|description du risque|hazard|gefahr|\
         area of concern|risk summary|summary|subject|betreff|objet|asunto|oggetto|onderwerp",
    ),
    (
        Role::Owner,
        "owner|risk owner|responsible|accountable|verantwortlich|verantwortlicher|verantwortung|risikoeigner|\
         eigner|eigentümer|zuständig|propriétaire|responsable|pilote|propietario|dueño|responsabile|\
         proprietario|eigenaar|verantwoordelijke",
    ),
    (
        Role::Frequency,
        "yearly frequency|jährliche häufigkeit|jaarlijkse frequentie|verwachte frequentie|annualised rate of occurrence|\
         annualized rate of occurrence|eintritte pro jahr|eventos por año|ocurrencias al año|ocurrencias por año|occorrenze annue|\
         eventi all anno|événements par an|gebeurtenissen per jaar|\
         anzahl pro jahr|anzahl im jahr|anzahl jährlich|aantal per jaar|aantal keer per jaar|nombre par an|número al año|\
         fälle pro jahr|mal pro jahr|times a year|events per month|events per quarter|events per week|frequency|freq|\
         events per year|events a year|\
         annual rate|annual frequency|\
         annual rate of occurrence|aro|occurrences per year|incidents per year|times per year|rate|lef|\
         loss event frequency|häufigkeit|eintrittshäufigkeit|ereignisse pro jahr|fréquence|\
         fréquence annuelle|frecuencia|frecuencia anual|veces al año|frequenza|frequenza annua|\
         volte all anno|frequentie|keer per jaar|how often|wie oft|combien de fois|con qué frecuencia|quanto spesso|\
         hoe vaak|events p a|incidents p a|occurrences p a|events per annum|incidents per annum|occurrences per annum|\
         ereignisse p a|vorfälle p a|vorfälle pro jahr|eintritte p a|fälle p a|anzahl p a|incidents par an|\
         nombre d incidents par an|incidentes por año|incidentes al año|eventos al año|eventi anno|eventi l anno|\
         eventi per anno|incidenti anno|incidenti per anno|incidenti all anno|incidenten per jaar|incidenten p j",
    ),
    (
        Role::Likelihood,
        "bruttowahrscheinlichkeit|nettowahrscheinlichkeit|prob|likelihood|probability|chance|proba|annual likelihood|\
         annual probability|annual chance|\
         eintrittswahrscheinlichkeit|eintrittswahrsch|eintritt|wahrscheinlichkeit|probabilité|vraisemblance|\
         probabilidad|probabilità|\
         jahreswahrscheinlichkeit|ew p a|waarschijnlijkheid|kans|restkans|restwahrscheinlichkeit|likelihood score|likelihood rating|probability score",
    ),
    (
        Role::Loss,
        "cost per incident|cost per occurrence|kosten pro vorfall|kosten pro ereignis|schaden pro vorfall|coût par incident|\
         coût par événement|costo per evento|costo per incidente|coste por evento|coste por incidente|costo por evento|kosten per incident|\
         schadensausmass|schadenausmass|schadenausmaß|schadenpotenzial|schadenspotenzial|schadenssumme|tragweite|préjudice|dégâts|\
         conséquences financières|perjuicio|gevolgschade|\
         schadebedrag|schadensbetrag|cost each time|verlust|verluste|verlies|pertes|pérdidas|perdite|\
         loss expectancy|schaden bei eintritt|verlust bei eintritt|schade bij optreden|dommage en cas d événement|daño por evento|\
         danno per evento|impacto económico|impact financier|impatto economico|restimpact|\
         schäden|auswirkungen|loss|impact|single loss|single loss expectancy|sle|loss per event|cost per event|\
         cost of event|\
         damage|severity|consequence|loss magnitude|impact score|impact rating|financial impact|risk amount|\
         initial risk|residual risk amount|schaden|schadenshöhe|schadenhöhe|auswirkung|schadensausmaß|\
         schaden pro ereignis|einzelschaden|gravité|perte|dommage|perte par événement|impacto|pérdida|daño|\
         severidad|impatto|perdita|danno|gravità|schade|gevolg|ernst|impact amount|\
         bruttoschaden|nettoschaden|restschaden|restschade",
    ),
    (
        Role::LossMin,
        "impact minimal|impacto mínimo|impatto minimo|minimum schade|schaden mindestens|danno minimo|\
         daño mínimo|min loss|loss min|minimum loss|minimum impact|impact min|schaden min|min schaden|\
         schaden minimal|mindestschaden|perte min|perte minimale|impact minimum|pérdida mínima|\
         pérdida min|perdita minima|perdita min|danno min|minimale schade|schade min|loss minimum",
    ),
    (
        Role::LossLikely,
        "pérdida más probable|perte la plus probable|perdita più probabile|wahrscheinlichster schaden|\
         impact probable|impact most likely|likely loss|loss likely|most likely loss|schaden wahrsch|\
         wahrscheinlicher schaden|schaden wahrscheinlich|erwarteter schaden|mittlerer schaden|\
         perte probable|pérdida probable|perdita probabile|danno probabile|waarschijnlijke schade|\
         schade waarschijnlijk|mode loss|typical loss|likely impact",
    ),
    (
        Role::LossMax,
        "impact maximum|impact maximal|impacto máximo|impatto massimo|maximum schade|schaden höchstens|\
         danno massimo|daño máximo|max loss|loss max|maximum loss|maximum impact|impact max|schaden max|\
         max schaden|schaden maximal|höchstschaden|maximalschaden|perte max|perte maximale|\
         pérdida máxima|pérdida max|perdita massima|perdita max|danno max|maximale schade|schade max|\
         loss maximum",
    ),
    (Role::LossLow, "loss low|low loss|loss p5|untergrenze"),
    (Role::LossHigh, "loss high|high loss|loss p95|obergrenze"),
    (
        Role::Expected,
        "loss expected|expected damage|expected impact|expected cost of event|loss expectancy|loss per year|annualised loss|annualized loss|annualised impact|annualized impact|annual impact|loss y|loss a|\
         erwarteter schaden|loss p a|yearly loss|schaden p a|schaden pro jahr|perte par an|pérdida al año|perdita all anno|\
         schade per jaar|damage per year|expected loss|ale|annual loss expectancy|\
         annualised loss expectancy|annualized loss expectancy|annual loss|likely initial risk|\
         likely residual risk|expected annual loss|expected value|eal|risk exposure|exposure|\
         schadenserwartungswert|erwartungswert|jährlicher schaden|erwarteter jahresschaden|\
         perte attendue|perte annuelle|pérdida esperada|pérdida anual|perdita attesa|perdita annua|\
         verwachte schade|jaarlijkse schade|exposure rating|weighted loss",
    ),
    (
        Role::Score,
        "exposure factor|score|risk score|rating|risk rating|risk level|inherent risk|residual risk|inherent score|\
         residual score|inherent rating|residual rating|current risk|risk class|risikoklasse|risikostufe|\
         risikowert|risikozahl|bewertung|bruttorisiko|nettorisiko|restrisiko|risque résiduel|risque net|risque brut|\
         riesgo residual|riesgo neto|riesgo bruto|rischio residuo|rischio netto|rischio lordo|restrisico|nettorisico|\
         brutorisico|niveau de risque|criticité|\
         nivel de riesgo|livello di rischio|risiconiveau|priority|priorität|heat map|net risk|gross risk",
    ),
    (
        Role::Control,
        "recommendation|recommendations|improvement|improvements|recommended measure|recommended measures|maßnahmenbezeichnung|\
         maßnahmenplan|umsetzungsmaßnahme|umsetzungsmaßnahmen|abhilfe|abhilfemaßnahme|empfehlung|empfehlungen|soll maßnahme|soll maßnahmen|\
         soll massnahme|plan de traitement|parade|parades|recommandation|recommandations|acción|acciones|plan de tratamiento|plan de acción|\
         recomendación|azione|azioni|intervento|interventi|piano di trattamento|raccomandazione|actie|acties|tegenmaatregel|\
         tegenmaatregelen|verbetermaatregel|beveiligingsmaatregel|beveiligingsmaatregelen|aanbeveling|\
         what we will do|salvaguarda|salvaguardas|contramedida|contramedidas|azione di mitigazione|azioni di mitigazione|\
         kontrolle|kontrollen|contrôle|contrôles|controle|controles|controllo|controlli|vorkehrung|safeguard|\
         safeguards|barrier|barriers|barriere|barrieren|barrière|barrières|mesure de réduction|mesures de réduction|\
         mesure de sécurité|\
         medida de control|medida propuesta|misura di sicurezza|beheersmaatregel|beheersmaatregelen|\
         sicherheitsmaßnahme|sicherheitsmaßnahmen|risk treatment measure|control|controls|measure|measures|mitigation|\
         mitigations|mitigating action|mitigation plan|\
         recommended controls|additional controls|planned controls|planned measures|treatment plan|action|\
         actions|action plan|countermeasure|countermeasures|remediation|maßnahme|maßnahmen|massnahme|\
         massnahmen|gegenmaßnahme|gegenmaßnahmen|mesure|mesures|plan d action|medida|medidas|\
         control propuesto|misura|misure|contromisura|contromisure|maatregel|maatregelen|proposed controls",
    ),
    (
        Role::ControlId,
        "action id|safeguard id|treatment id|countermeasure id|control id|control no|control nr|control ref|control number|measure id|measure no|measure nr|measure ref|\
         mitigation id|\
         maßnahmen id|maßnahmen nr|maßnahme id|maßnahme nr|maßnahmennummer|massnahmen nr|massnahmen id|id maßnahme|\
         nr maßnahme|\
         id mesure|n° mesure|mesure id|id medida|id control|codice misura|id misura|maatregel nr|maatregel id",
    ),
    (Role::Currency, CURRENCIES),
    (Role::Unit, UNITS),
    (
        Role::Existing,
        "ist maßnahme|ist maßnahmen|ist massnahme|\
         implemented control|implemented controls|implemented measure|implemented measures|mesure réalisée|\
         mesures réalisées|\
         existing control|existing measure|current control|control in place|controls in place today|bestehende maßnahme|\
         vorhandene maßnahme|umgesetzte maßnahme|mesure existante|mesure en place|control existente|medida existente|\
         misura esistente|controllo esistente|bestaande maatregel|existing controls|key controls|current controls|\
         controls in place|existing measures|\
         existing applied controls|bestehende maßnahmen|vorhandene maßnahmen|umgesetzte maßnahmen|\
         mesures existantes|mesures en place|controles existentes|medidas existentes|misure esistenti|\
         controlli esistenti|bestaande maatregelen",
    ),
    (
        Role::CostOnce,
        "project cost|project costs|acquisition cost|acquisition costs|build cost|build costs|investment cost|investment costs|\
         umsetzungskosten|einrichtungskosten|coût d acquisition|coût du projet|coste de implementación|coste de adquisición|\
         costo de adquisición|costo di acquisto|costo d investimento|costo del progetto|\
         projektkosten|coste implantación|coste de implantación|costo de implantación|coût de mise en œuvre|implementation costs|\
         costo di implementazione|implementatiekosten|coût de mise en place|dépense initiale|investissement initial|investimento iniziale|\
         initialkosten|anschaffung|investitionskosten|implementierungskosten|einführungskosten|einmalaufwand|set up|\
         set up cost|\
         set up costs|up front|upfront|up front cost|capital cost|capital costs|capital expenditure|non recurring|\
         non recurring cost|price once|one off price|coût d investissement|frais uniques|inversión inicial|\
         costo de implementación|aanschaf|aanschafkosten|investeringskosten|initial cost|one time cost|one off cost|\
         once|capex|setup cost|investment|upfront cost|cost once|\
         implementation cost|kosten einmalig|einmalige kosten|einmalkosten|einmalig|investition|\
         anschaffungskosten|coste único|costes únicos|costos únicos|coût initial|coût unique|coûts uniques|\
         coût ponctuel|investissement|costo inicial|\
         coste inicial|costo único|inversión|costo iniziale|costo una tantum|investimento|eenmalige kosten|\
         kosten eenmalig|initiële kosten|investering|purchase price|one off|one time|eenmalig|una tantum|\
         setup fee|einrichtungsgebühr",
    ),
    (
        Role::CostYearly,
        "run cost|run costs|kosten p j|coût d exploitation|coûts d exploitation|coût de fonctionnement|coûts de fonctionnement|\
         coste recurrente|costes recurrentes|costos recurrentes|costi annui|costi ricorrenti|costi di gestione|costi di esercizio|\
         lopende kosten|exploitatiekosten|wartungskosten|lizenzkosten p a|lizenzkosten jahr|onderhoudskosten|charges annuelles|\
         costes anuales|costos anuales|costes de mantenimiento|\
         annual maintenance|yearly maintenance|annual support|jährliche wartung|maintenance annuelle|mantenimiento anual|\
         manutenzione annua|manutenzione annuale|jaarlijks onderhoud|dépense annuelle|dépenses annuelles|coût de fonctionnement annuel|coste de mantenimiento anual|\
         costo di gestione annuo|\
         wartung jahr|folgekosten|folgekosten p a|frais annuels|gasto anual|gastos anuales|jaarlijkse licentie|\
         spese annue|spesa annua|\
         jahreslizenz|annual price|running costs|operating cost|operating costs|frais récurrents|coûts récurrents|\
         acs|annual cost of safeguard|annual cost of the safeguard|cost p a|kosten p a|coût p a|cost per annum|\
         costs per year|annual costs|yearly costs|\
         kosten der maßnahme p a|kosten der massnahme p a|maßnahmenkosten p a|annual running costs|\
         coste por año|costo por año|costo all anno|cost a year|yearly cost|annual cost|cost per year|running cost|\
         recurring cost|opex|cost yearly|ongoing cost|\
         maintenance cost|kosten jährlich|jährliche kosten|kosten pro jahr|laufende kosten|jahreskosten|\
         jährlich|betriebskosten|coût annuel|coûts annuels|coût par an|coût récurrent|costo anual|\
         coste anual|costo recurrente|costo annuo|costo annuale|costo ricorrente|jaarlijkse kosten|\
         kosten jaarlijks|kosten per jaar|yearly|annual running cost|recurring|structureel|structurele kosten|\
         wartung p a|maintenance p a|annual fee|annual subscription|annual licence|annual license|canone annuo|\
         cuota anual|redevance annuelle|abonnement annuel|jahresgebühr|jährliche gebühr|jaarabonnement",
    ),
    (
        Role::Cost,
        "cost|costs|cost of measures|cost of control|cost of controls|control cost|mitigation cost|budget|\
         price|kosten|maßnahmenkosten|preis|coût|coûts|prix|costo|costos|coste|costes|precio|costi|prezzo|\
         prijs|fee|fees|gebühr|gebühren|lizenzgebühr|licence fee|license fee|subscription|abonnement|abonnements|\
         canone|cuota|redevance|abbonamento|suscripción|wartungsgebühr|maintenance fee|support fee|risk response cost|\
         response cost|recovery cost|incident cost|cost of incident|downtime cost|\
         wiederherstellungskosten",
    ),
    (
        Role::Effect,
        "reductie|verlagingspercentage|\
         wirkungsgrad|senkung|reduzierung|verringerung|absenkung|diminution|disminución|\
         diminuzione|verlaging|verkleining|atténuation|\
         effet|efecto|effetto|effect|effectiveness|reduction|risk reduction|efficacy|wirkung|wirksamkeit|minderung|\
         risikominderung|reduktion|efficacité|réduction|eficacia|efectividad|reducción|efficacia|riduzione|\
         effectiviteit|werking|vermindering",
    ),
    (
        Role::EffectOnFrequency,
        "häufigkeitsreduktion|häufigkeitsminderung|frequentiereductie|reductie van de frequentie|frequency decrease|\
         frequency reduction|réduction de la fréquence|reducción de la frecuencia|riduzione della frequenza",
    ),
    (
        Role::EffectOnLoss,
        "schadensminderung|schadensreduktion|schadenminderung|loss decrease|impact reduction|réduction de la perte|\
         reducción de la pérdida|riduzione della perdita|schadebeperking",
    ),
    (Role::ActsOn, "acts on|effect acts on|wirkt auf|agit sur|actúa sobre|agisce su|werkt op"),
    (
        Role::Remark,
        "budget year|fiscal year|financial year|budgetjahr|geschäftsjahr|haushaltsjahr|exercice budgétaire|ejercicio|\
         anno di budget|begrotingsjaar|likelihood of attack initiation|description|notes|note|comment|comments|remark|remarks|treatment|response|status|asset|assets|\
         category|risk category|business process|reference|evidence link|evidence|due date|target date|\
         review date|next review|date|strategy|vulnerability|threats|department|process|beschreibung|\
         bemerkung|bemerkungen|kommentar|behandlung|stand|kategorie|termin|frist|prozess|abteilung|\
         nächste prüfung|commentaire|remarque|statut|traitement|catégorie|échéance|actif|descripción|\
         observaciones|comentario|estado|tratamiento|categoría|fecha|activo|descrizione|osservazioni|\
         commento|stato|trattamento|categoria|data|scadenza|omschrijving|opmerking|opmerkingen|behandeling|\
         categorie|datum|strength of knowledge|schedule impact|type|area|last updated|created|justification|\
         root cause|cause|ursache|causes",
    ),
];

/// A time alone says how often, unless an amount stands beside it: `Loss per month`.
pub const TIMES: &str =
    "per month|pro monat|par mois|al mes|al mese|per maand|per year|pro jahr|par an|al año|all anno|per jaar";

/// Events that are counted.
pub const COUNTED: &str = "incidents|events|occurrences|ereignisse|vorfälle|eintritte|sinistres|incidentes|\
    incidenti|incidenten|eventos|eventi|gebeurtenissen";
/// Words for how many.
pub const NUMBER: &str = "number|no|nr|count|anzahl|nombre|número|numero|aantal";

/// What a register says of a measure beside its name.
pub const ATTRIBUTES: &str = "due|date|deadline|objective|objectives|number|strength|maturity|gap|gaps|framework|\
    implemented|\
    progress|start|end|open|percent|coverage|frequency|anzahl|bis|fällig|termin|frist|ziel|fortschritt|reifegrad|\
    umsetzungsgrad|beginn|échéance|avancement|fecha|scadenza|completion|complete|completed|rating|score|test|tested|\
    standard|reference|domain|family|theme|count|deadline|until|by|progression|umgesetzt|type|typ|tipo|art|soort|class|\
    category|categoria|categoría|kategorie|catégorie|priority|priorité|priorität|prioridad|priorità|prioriteit|effort|aufwand|\
    esfuerzo|team|équipe|equipo|squadra|weakness|weaknesses|deficiency|deficiencies|finding|findings|overdue|link|url|ticket|\
    since|seit|depuis|desde|dal|sinds|value|benefit|benefits|savings|rosi|roi|expectancy";

/// Words for what a measure does to the quantity that stands beside them.
pub const REDUCES: &str = "reduces|reduced|reduce|lowers|lowered|cuts|decreases|decreased|senkt|gesenkt|verringert|\
    vermindert|\
    reduziert|mindert|diminue|réduit|baisse|riduce|diminuisce|abbassa|disminuye|verlaagt|verkleint";

/// Words that count events: the time beside them is theirs, whatever else the heading names.
pub const COUNTING: &str = "frequency|frequencies|rate|event|events|incidents|occurrence|occurrences|times|aro|lef|\
    likelihood|probability|häufigkeit|häufigkeiten|frequenzen|ereignisse|vorfälle|fréquences|fréquence|frecuencia|\
    frecuencias|\
    frequenza|frequenze|frequentie|frequenties|sinistres|incidentes|incidenti|incidenten|proba";

/// Words before measures that say it of the time with them: `Frequency after measures`, `Häufigkeit mit Maßnahmen`.
pub const WITH: &str = "after|with|post|following|nach|mit|après|avec|con|tras|después|dopo|na|met";
/// The same of the time without them.
pub const WITHOUT: &str = "before|without|pre|vor|ohne|avant|sans|antes|sin|prima|senza|voor|zonder";
/// What may stand between.
pub const ARTICLES: &str =
    "the|all|planned|proposed|of|der|den|die|geplanten|umsetzung|de|des|les|la|las|los|del|delle|le|di";
/// The measures themselves.
pub const MEASURES: &str = "measure|measures|control|controls|treatment|mitigation|mitigations|action|actions|\
    maßnahme|maßnahmen|\
    massnahme|massnahmen|behandlung|mesure|mesures|traitement|medida|medidas|tratamiento|misura|misure|trattamento|\
    maatregel|\
    maatregelen|behandeling|implementation|umsetzung";

/// Words for what is left with the measures.
pub const AFTER: &str = "residual|after|nachher|danach|target|net|netto|nette|nets|nettes|neto|neta|netos|netas|netta|\
    netti|nette|nettoschaden|\
    restrisico|nettorisico|restschaden|restschade|restkans|restwahrscheinlichkeit|nach|rest|restrisiko|ziel|après|\
    résiduel|résiduelle|cible|después|\
    residuales|objetivo|remaining|verbleibend|verbleibende|restante|rimanente|resterend|resterende|\
    nettowahrscheinlichkeit|restimpact|new|neu|neue|neuer|neues|nouveau|nouvelle|nuevo|nueva|nuovo|nuova|nieuw|nieuwe|dopo|residuo|residua|na|doel|future|planned|soll|post|mitigated|nettorisiko|zielrisiko|zielschaden|\
    zielwahrscheinlichkeit|zielzustand|sollrisiko|doelrisico|\
    treated";
/// Words for what was before any measure.
pub const INHERENT: &str = "inherent|gross|brutto|inhärent|inhärente|inhärenter|inhérent|inhérente|brut|brute|bruts|\
    brutes|inherente|inerente|lordo|lorda|\
    bruto|bruta|raw|bruttowahrscheinlichkeit|bruttorisiko|bruttoschaden|brutorisico|unmitigated";
/// Words for what is now.
pub const TODAY: &str = "current|before|vorher|davor|initial|today|actual|vor|aktuell|ist|heute|avant|actuel|actuelle|\
    antes|prima|attuale|\
    voor|huidig|huidige|pre|existing";

/// Which end of a range or which point of a distribution an amount is; a percentile such as `p90` is one too.
pub const LOWER: &str = "mini|mín|min|minimum|low|lower|tief|niedrig|untere|unterer|bas|basse|bajo|baja|basso|bassa|laag|\
    optimistic|optimistisch|optimiste";
/// The upper one.
pub const UPPER: &str = "maxi|máx|max|maximum|high|upper|hoch|obere|oberer|haut|haute|alto|alta|hoog|pessimistic|\
    pessimistisch|pessimiste";
/// The one between.
pub const LIKELY: &str = "wahrsch|vraisemblable|mittel|most|likely|mode|medium|mid|realistic|base|case|best|guess|\
    central|wahrscheinlich|probable|probabile|waarschijnlijk";
/// The same where they end a heading: `Loss from`, `Schaden bis`.
pub const FROM: &str = "from|von|desde|vanaf";
/// The upper one at the end of a heading.
pub const UP_TO: &str = "to|bis|hasta|tot";
/// Words for other points of a distribution.
pub const POINTS: &str = "median|mediana|médiane|mediane|mediaan|percentile|perzentil|quantile|quantil|std|sd|stdev|\
    stddev|deviation|standardabweichung|sigma|variance|varianz";

/// The ends and points of a range, as a heading names them beside a quantity.
pub const ENDS: &[(End, &str)] = &[
    (
        End::Min,
        "mini|min|minimum|mindestens|minimal|minimale|minimaler|minimo|mínimo|mínima|minima|lower bound|best case|\
         at least|au moins",
    ),
    (
        End::Low,
        "low|lower|tief|niedrig|untere|unterer|bas|basse|bajo|baja|basso|bassa|laag|optimistic|optimistisch|optimiste|\
         low 5|p5|p05|5th percentile|5 quantil|untergrenze",
    ),
    (
        End::Likely,
        "wahrsch|vraisemblable|base|mittel|mittlere|mittlerer|most likely|likely|mode|wahrscheinlich|\
         wahrscheinlichste|wahrscheinlichster|probable|probabile|waarschijnlijk|\
         realistic|realistisch|realistic case|expected case|normal case|base case|medium|medium case|mid|central estimate|\
         best estimate|best guess|normalfall|más probable|la plus probable|le plus probable|\
         più probabile|meest waarschijnlijk",
    ),
    (
        End::Max,
        "maxi|max|maximum|höchstens|maximal|maximale|maximaler|máximo|máxima|massimo|massima|upper bound|worst case|\
         at most|au plus",
    ),
    (
        End::High,
        "high|upper|hoch|obere|oberer|haut|haute|alto|alta|hoog|pessimistic|pessimistisch|pessimiste|\
         high 95|p95|95th percentile|95 quantil|obergrenze",
    ),
    (End::P10, "p10|10th percentile|10 percentile|10 quantil|10 perzentil"),
    (End::P50, "p50|50th percentile|50 percentile|50 quantil|50 perzentil"),
    (End::P90, "p90|90th percentile|90 percentile|90 quantil|90 perzentil"),
];
