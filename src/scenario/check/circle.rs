//! Do references run in a circle?

use crate::model::{Id, Table};

/// The circles of a graph, in order; of circles that share an element only the first.
///
/// `edges` holds for every element those that it points to.
pub(super) fn circles<I: Id>(edges: &Table<I, Vec<I>>) -> Vec<Vec<I>> {
    // 0 not seen, 1 on the path, 2 done. An explicit stack: a chain may be thousands long.
    let mut state = edges.every(0_u8);
    let mut told = edges.every(false);
    let mut circles = Vec::new();
    for start in edges.ids() {
        if state[start] != 0 {
            continue;
        }
        let mut path: Vec<(I, usize)> = vec![(start, 0)];
        state[start] = 1;
        while let Some((node, next)) = path.last_mut() {
            let Some(&target) = edges[*node].get(*next) else {
                state[*node] = 2;
                path.pop();
                continue;
            };
            *next += 1;
            match state[target] {
                0 => {
                    state[target] = 1;
                    path.push((target, 0));
                }
                1 => {
                    let from = path.iter().position(|(node, _)| *node == target).unwrap_or(0);
                    let circle: Vec<I> = path[from..].iter().map(|(node, _)| *node).collect();
                    if !circle.iter().any(|&node| told[node]) {
                        circle.iter().for_each(|&node| told[node] = true);
                        circles.push(circle);
                    }
                }
                _ => {}
            }
        }
    }
    circles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ByRisk, RiskId};

    #[test]
    fn every_circle_is_told_once() {
        let circles = |edges: &[&[usize]]| -> Vec<Vec<usize>> {
            let edges: ByRisk<Vec<RiskId>> = edges.iter().map(|to| to.iter().copied().map(RiskId).collect()).collect();
            circles(&edges).into_iter().map(|circle| circle.into_iter().map(Id::place).collect()).collect()
        };
        assert_eq!(circles(&[&[1], &[2], &[]]), Vec::<Vec<usize>>::new());
        assert_eq!(circles(&[&[0]]), [[0]]);
        assert_eq!(circles(&[&[1], &[2], &[0, 1]]), [[0, 1, 2]]);
        assert_eq!(circles(&[&[1], &[0], &[3, 0], &[2]]), [[0, 1], [2, 3]]);
    }

    #[test]
    fn a_circle_of_many_thousands_is_found() {
        let mut edges: ByRisk<Vec<RiskId>> = (1..100_000).map(|next| vec![RiskId(next)]).collect();
        edges.push(vec![RiskId(0)]);
        assert_eq!(circles(&edges)[0].len(), 100_000);
    }
}
