//! reference: see the module's tests.
