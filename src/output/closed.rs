//! Whether standard output is closed. The runtime opens `/dev/null` in place of a closed one
//! before `main` begins, so that answers would be lost without a word.

/// Whether the process was started without a standard output. Known on Linux alone.
pub(crate) fn is_stdout_closed() -> bool {
    #[cfg(target_os = "linux")]
    return before_main::WAS_CLOSED.load(std::sync::atomic::Ordering::Relaxed);
    #[cfg(not(target_os = "linux"))]
    return false;
}

#[cfg(target_os = "linux")]
mod before_main {
    use std::sync::atomic::{AtomicBool, Ordering};

    pub(super) static WAS_CLOSED: AtomicBool = AtomicBool::new(false);

    extern "C" fn look() {
        let closed = rustix::io::fcntl_getfd(rustix::stdio::stdout()).is_err();
        WAS_CLOSED.store(closed, Ordering::Relaxed);
    }

    #[used]
    #[expect(
        unsafe_code,
        reason = "only a function of this section runs before the runtime; it makes one system call"
    )]
    #[unsafe(link_section = ".init_array")]
    static LOOK: extern "C" fn() = look;
}
