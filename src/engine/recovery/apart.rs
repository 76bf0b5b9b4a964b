//! What is paid under annual terms as inputs change, cluster by cluster.
//!
//! Clusters of risks that have nothing unknown in common are independent, so that the transform of a year's layers is the
//! product of theirs, and its mean over what is not known the product of their means:
//!
//! ```text
//! E[φ₁·φ₂·…] = E[φ₁]·E[φ₂]·…
//! ```
//!
//! Each is averaged over what enters it alone, and kept: a moved input touches its own. What is paid is a mean over the
//! product.

use std::sync::Arc;

use crate::engine::system::ClusterId;
use crate::engine::values::Values;
use crate::engine::world::Unknown;
use crate::stats::lattice::Spectrum;

use super::annual::{Pool, STEPS_OF_CHANGE};
use super::knowledge::Bounded;
use super::steps::{grid_of, has_limit, paid_on, steps_of};
use super::{Asks, Recoveries};

/// Clusters, with the axes of the unknown that enter them.
type Group = (Vec<ClusterId>, Vec<Vec<Unknown>>);

impl Recoveries<'_, '_> {
    /// What is paid over all that is not known, to be held against the same of another year.
    pub(super) fn paid_of_parts(
        &self,
        pool: &Pool<'_>,
        asks: &Asks<'_>,
        axes: Vec<Vec<Unknown>>,
        bends: bool,
        values: &Values<f64>,
    ) -> f64 {
        let terms = &self.terms[pool.policy].of;
        let steps = steps_of(terms, &[], STEPS_OF_CHANGE);
        let grid = grid_of(terms, steps);
        let (mut sum, mut all) = (0.0, Spectrum::of_nothing(&grid));
        for (clusters, axes) in self.apart(&pool.clusters, axes) {
            let year = self.year_of(pool.year, &clusters);
            let part = Asks { clusters: &clusters, year: &year, ..*asks };
            let mut key = self.key(true, &part, values);
            key.extend([u64::MAX, u64::from(bends)]);
            key.extend(axes.iter().flatten().map(|unknown| unknown.estimate.0 as u64));
            let part = self.found.parts.get(key, || {
                let pool = self.pool(&part, pool.policy);
                let of = |values: &Values<f64>| -> Vec<Bounded> {
                    let mixes = self.all_mixes(&pool, values);
                    let sum = if has_limit(terms) { 0.0 } else { self.layers_in_world(&pool, values, &mixes).0 };
                    let cells = self.year_of_layers(&pool, values, &mixes, &grid, None).into_cells();
                    std::iter::once(sum).chain(cells).map(|figure| (figure, 0.0)).collect()
                };
                let means = self.figures(&axes, values, &of).means_of_change(bends);
                Arc::new(means.into_iter().map(|mean| mean.0).collect::<Vec<f64>>())
            });
            sum += part[0];
            all.multiply(&Spectrum::of(&part[1..], &grid));
        }
        paid_on(terms, &grid, sum, &all.into_cells())
    }

    /// Clusters in groups that have nothing unknown in common, each with the axes that enter it.
    fn apart(&self, clusters: &[ClusterId], axes: Vec<Vec<Unknown>>) -> Vec<Group> {
        let mut groups: Vec<Group> = clusters.iter().map(|cluster| (vec![*cluster], Vec::new())).collect();
        for axis in axes {
            let enters = |(clusters, _): &Group| {
                clusters.iter().any(|cluster| axis.iter().any(|unknown| self.reads.enters(*cluster, unknown.estimate)))
            };
            let (with, apart): (Vec<Group>, Vec<Group>) = groups.into_iter().partition(enters);
            let mut one: Group = (Vec::new(), Vec::new());
            for (clusters, axes) in with {
                one.0.extend(clusters);
                one.1.extend(axes);
            }
            one.0.sort_unstable();
            one.1.push(axis);
            groups = apart;
            groups.push(one);
        }
        groups
    }
}
