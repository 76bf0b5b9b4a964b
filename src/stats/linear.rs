//! Which weights solve a small set of linear equations? By Cholesky's decomposition A = LLᵀ.

/// Solves A·x = b for a symmetric, positive definite A. None where A is not: a pivot is below a
/// part in 10¹² of the largest.
#[must_use]
pub fn solve_symmetric(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let n = right.len();
    let largest = (0..n).map(|i| matrix[i][i]).fold(0.0, f64::max);
    for j in 0..n {
        for k in 0..j {
            let factor = matrix[j][k];
            matrix[j..].iter_mut().for_each(|row| row[j] -= factor * row[k]);
        }
        let pivot = matrix[j][j];
        if !(pivot > 1e-12 * largest && pivot.is_finite()) {
            return None;
        }
        let root = pivot.sqrt();
        matrix[j..].iter_mut().for_each(|row| row[j] /= root);
    }
    for i in 0..n {
        let known: f64 = (0..i).map(|k| matrix[i][k] * right[k]).sum();
        right[i] = (right[i] - known) / matrix[i][i];
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| matrix[k][i] * right[k]).sum();
        right[i] = (right[i] - known) / matrix[i][i];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let matrix = vec![vec![4.0, 2.0, 0.6], vec![2.0, 5.0, 1.0], vec![0.6, 1.0, 3.0]];
        let x = [1.5, -2.0, 0.25];
        let right = matrix.iter().map(|row| row.iter().zip(x).map(|(a, x)| a * x).sum()).collect();
        let found = solve_symmetric(matrix, right).unwrap();
        found.iter().zip(x).for_each(|(found, x)| assert!((found - x).abs() < 1e-12));
    }

    #[test]
    fn what_has_no_single_solution_has_none() {
        assert_eq!(solve_symmetric(vec![vec![1.0, 1.0], vec![1.0, 1.0]], vec![1.0, 1.0]), None);
        assert_eq!(solve_symmetric(vec![vec![f64::NAN]], vec![1.0]), None);
        assert_eq!(solve_symmetric(Vec::new(), Vec::new()), Some(Vec::new()));
    }
}
