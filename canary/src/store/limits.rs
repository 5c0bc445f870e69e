//! How many labels of each class one app may bring.

/// Limits of cardinality; what goes beyond is counted under `_other`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Apps of the whole instance; batches with further ones are refused.
    pub(crate) apps: usize,
    pub(crate) screens: usize,
    pub(crate) releases: usize,
    pub(crate) segments: usize,
    pub(crate) regions: usize,
    pub(crate) os_names: usize,
    pub(crate) os_versions: usize,
    /// Words for what a device lost.
    pub(crate) reasons: usize,
    /// Series of one app, whatever their labels: bounds the product of the others.
    pub(crate) series: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            apps: 200,
            screens: 1_000,
            releases: 200,
            segments: 100,
            regions: 100,
            os_names: 20,
            os_versions: 100,
            reasons: 50,
            series: 50_000,
        }
    }
}
