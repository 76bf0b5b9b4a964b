//! Do references run in a circle?

/// The circles of a graph, as indices in order; of circles that share an element only the first.
///
/// `edges` holds for every element the indices that it points to.
pub(super) fn circles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    // 0 not seen, 1 on the path, 2 done. An explicit stack: a chain may be thousands long.
    let mut state = vec![0_u8; edges.len()];
    let mut told = vec![false; edges.len()];
    let mut circles = Vec::new();
    for start in 0..edges.len() {
        if state[start] != 0 {
            continue;
        }
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
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
                    let circle: Vec<usize> = path[from..].iter().map(|(node, _)| *node).collect();
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

    #[test]
    fn every_circle_is_told_once() {
        assert_eq!(circles(&[vec![1], vec![2], vec![]]), Vec::<Vec<usize>>::new());
        assert_eq!(circles(&[vec![0]]), [[0]]);
        assert_eq!(circles(&[vec![1], vec![2], vec![0, 1]]), [[0, 1, 2]]);
        assert_eq!(circles(&[vec![1], vec![0], vec![3, 0], vec![2]]), [[0, 1], [2, 3]]);
    }

    #[test]
    fn a_circle_of_many_thousands_is_found() {
        let mut edges: Vec<Vec<usize>> = (1..100_000).map(|next| vec![next]).collect();
        edges.push(vec![0]);
        assert_eq!(circles(&edges)[0].len(), 100_000);
    }
}
