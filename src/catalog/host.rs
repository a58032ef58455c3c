//! Hosts: whose a web address is.

/// A beginning of web addresses that belongs to an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// The beginning after `https://`, such as `github.com/openai`.
    pub address: String,
    /// The organization.
    pub organization: String,
}
