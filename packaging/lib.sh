# Read by the scripts of this folder: where they work, what they need, how they build.
# shellcheck shell=bash

set -E
trap 'echo "failed: ${BASH_SOURCE[0]}:$LINENO: $BASH_COMMAND" >&2' ERR
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p target/packaging "${CARGO_TARGET_DIR:=target}"
# Where cargo builds, and where what is made for users lies, by which cargo-deb finds it.
CARGO_TARGET_DIR=$(cd "$CARGO_TARGET_DIR" && pwd)
export CARGO_TARGET_DIR
work=$PWD/target/packaging
# The catalogs and the pager of the user are not those of a test.
unset AHM_CATALOG AHM_NO_EMBEDDED

# need TOOL WHERE-FROM: ends the script if a tool is missing.
need() {
    command -v "$1" >/dev/null || {
        echo "missing: $1, $2" >&2
        exit 2
    }
}

need cargo 'the build tool of Rust'
need rustc 'the compiler of Rust'
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
host=$(rustc -vV | sed -n 's/^host: //p')
# TARGET=x86_64-unknown-linux-musl, for one, where that target is installed.
target=${TARGET:-$host}
exe=
[[ $target != *windows* ]] || exe=.exe

# step NAME COMMAND…: runs a command and prints how long it took.
step() {
    local name=$1 start=$SECONDS
    shift
    "$@"
    printf '%-36s %4d s\n' "$name" $((SECONDS - start)) >&2
}

# build [FLAG…]: the release binary for the target, in $binary: static on Linux and Windows, without
# paths of this machine.
build() {
    local flags=("--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo" "--remap-path-prefix=$PWD=ahm")
    [[ $target != *linux* && $target != *windows* ]] || flags+=(-Ctarget-feature=+crt-static)
    flags+=("$@")
    # The separator of CARGO_ENCODED_RUSTFLAGS, since a path may hold a blank.
    CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f' && echo "${flags[*]}")
    export CARGO_ENCODED_RUSTFLAGS
    step "build for $target" cargo build --release --locked --quiet --target "$target"
    binary=$CARGO_TARGET_DIR/$target/release/ahm$exe
}

# pages: the manual pages and completions of $binary, in $work.
pages() {
    local command
    rm -rf "$work/man" "$work/completions"
    mkdir -p "$work/man" "$work/completions"
    "$binary" man >"$work/man/ahm.1"
    # The page of the program names those of its commands.
    for command in $(sed -n 's/^ahm\\-\([a-z]*\)(1)$/\1/p' "$work/man/ahm.1"); do
        "$binary" man "$command" >"$work/man/ahm-$command.1"
    done
    "$binary" completions bash >"$work/completions/ahm.bash"
    "$binary" completions zsh >"$work/completions/_ahm"
    "$binary" completions fish >"$work/completions/ahm.fish"
    "$binary" completions elvish >"$work/completions/ahm.elv"
    "$binary" completions powershell >"$work/completions/_ahm.ps1"
    "$binary" completions nushell >"$work/completions/ahm.nu"
}

# ask COMMAND…: checks that this is an ahm that answers.
ask() {
    "$@" --version | grep -F "ahm $version" >/dev/null
    [[ $("$@" list --field vision --open -n 3 -f ids | wc -l) -eq 3 ]]
    "$@" show llama | grep -F Params >/dev/null
}
