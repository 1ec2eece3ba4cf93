# shellcheck shell=bash
# Reads third_party/packages.debian and installs what is missing. Sourced by run.sh and test.sh.
#
#   install_packages SECTION...    installs every missing package of these sections

# Packages of the named sections, one a line.
packages_of() {
    local list
    list="$(dirname "${BASH_SOURCE[0]}")/packages.debian"
    awk -v wanted=" $* " '
        /^\[/ { section = substr($1, 2, length($1) - 2); next }
        /^[^#]/ && NF { if (index(wanted, " " section " ")) print $1 }' "$list"
}

# Those that are not installed; one dpkg-query, so that it costs nothing when all are there.
missing_packages() {
    local wanted
    wanted="$(packages_of "$@")"
    # shellcheck disable=SC2086  # one argument per package
    comm -23 <(sort -u <<<"$wanted") \
        <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null |
            sed -n 's/^installed //p' | sort -u)
}

install_packages() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        echo "This is not a Debian system, so nothing is installed. If the build misses a library," \
            "install your system's package for it; third_party/packages.debian lists them all."
        return 0
    fi
    local missing as_root=()
    missing="$(missing_packages "$@" | tr '\n' ' ')"
    missing="${missing% }"
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "These packages are missing and need root to install. Run as root:" >&2
            echo "  apt-get update && apt-get install --no-install-recommends $missing" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    echo "Installing $(wc -w <<<"$missing") Debian packages: $missing"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q
        -o Dpkg::Use-Pty=0 -o Acquire::Retries=3)
    "${apt[@]}" update >/dev/null ||
        echo "The package lists could not be refreshed; trying with those on this machine."
    # shellcheck disable=SC2086
    if ! "${apt[@]}" install --no-install-recommends $missing >"${TMPDIR:-/tmp}/diaban-apt.$$.log" 2>&1; then
        tail -n 20 "${TMPDIR:-/tmp}/diaban-apt.$$.log" >&2
        echo "The packages could not be installed (see above). Check the network connection and" \
            "the entries under /etc/apt, or install them by hand, then run this script again." >&2
        return 1
    fi
    rm -f "${TMPDIR:-/tmp}/diaban-apt.$$.log"
}
