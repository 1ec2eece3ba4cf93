#!/usr/bin/env bash
# Installs what is missing, builds, and runs the tests.
#
#   ./test.sh                     all tests but the long ones
#   ./test.sh --all               also sanitizers, fuzzing, benchmarks and kill tests
#   ./test.sh --require-geodata   a missing real data set is a failure, not a skip
#   ./test.sh --only NAME         only tests whose name matches NAME (a regular expression)
#   ./test.sh --no-install        uses the packages that are there
#
# Real boundaries are looked for in $DIABAN_GEODATA, then in ../shared/geodata.
set -uo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "$here" || exit 1

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

all=false
install=true
only=()
while [ $# -gt 0 ]; do
    case "$1" in
    -h | --help)
        sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
        exit 0
        ;;
    --all) all=true ;;
    --require-geodata) export DIABAN_REQUIRE_GEODATA=1 ;;
    --no-install) install=false ;;
    --only)
        [ $# -gt 1 ] || fail "--only wants the name of a test, for example --only unit_geo."
        only=(-R "$2")
        shift
        ;;
    *) fail "test.sh does not know $1. ./test.sh --help lists what it knows." ;;
    esac
    shift
done

if $install; then
    # shellcheck source=third_party/packages.sh
    . third_party/packages.sh
    sections=(build run test)
    $all && sections+=(long)
    install_packages "${sections[@]}" || exit 1
fi

if [ -z "${DIABAN_GEODATA:-}" ] && [ -d "$here/../shared/geodata" ]; then
    DIABAN_GEODATA="$(cd "$here/../shared/geodata" && pwd)"
fi
if [ -n "${DIABAN_GEODATA:-}" ]; then
    export DIABAN_GEODATA
    say "Real data: $DIABAN_GEODATA"
elif [ -n "${DIABAN_REQUIRE_GEODATA:-}" ]; then
    fail "--require-geodata is given but there is no real data: set DIABAN_GEODATA to its folder," \
        "or put it into ../shared/geodata."
else
    say "Real data: none (DIABAN_GEODATA is not set); tests on it are skipped and say so."
fi

# The compiler cache stays where it is, and serves every checkout.
if command -v ccache >/dev/null; then
    CCACHE_DIR="${CCACHE_DIR:-$(ccache --get-config=cache_dir)}"
    export CCACHE_DIR CCACHE_BASEDIR="$here" CCACHE_NOHASHDIR=1
fi

# Tests must not see the user's settings or cache, nor leave anything there.
scratch="$(mktemp -d)"
x_server=
finish() {
    [ -n "$x_server" ] && kill "$x_server" 2>/dev/null
    rm -rf "$scratch"
}
trap finish EXIT
export XDG_CACHE_HOME="$scratch/cache" XDG_CONFIG_HOME="$scratch/config"
mkdir -p "$XDG_CACHE_HOME" "$XDG_CONFIG_HOME"

# A display of our own, on a number that the server finds free. Software GL, so that every machine
# draws the same pixels.
start_display() {
    mkfifo "$scratch/display"
    Xvfb -displayfd 3 -noreset -screen 0 1920x1080x24 -nolisten tcp 3>"$scratch/display" \
        >"$scratch/xvfb.log" 2>&1 &
    x_server=$!
    local number=
    read -r -t 30 number <"$scratch/display"
    if [ -z "$number" ]; then
        cat "$scratch/xvfb.log" >&2
        fail "Xvfb did not start (see above); the window tests need it."
    fi
    export DISPLAY=":$number" LIBGL_ALWAYS_SOFTWARE=1
    unset WAYLAND_DISPLAY
}

steps=()
failed=()
# step NAME COMMAND...: runs it, keeps time and outcome.
step() {
    local name="$1" begin=$SECONDS
    shift
    say "== $name"
    if "$@"; then
        steps+=("$(printf '  %-28s ok      %4d s' "$name" $((SECONDS - begin)))")
    else
        steps+=("$(printf '  %-28s FAILED  %4d s' "$name" $((SECONDS - begin)))")
        failed+=("$name")
        return 1
    fi
}

# build PRESET [TARGET...]: configures and builds, showing output only on failure.
build() {
    local preset="$1" fresh=()
    shift
    mkdir -p "build/$preset"
    if [ -f "build/$preset/CMakeCache.txt" ] &&
        ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$here" "build/$preset/CMakeCache.txt"; then
        fresh=(--fresh)
    fi
    cmake --preset "$preset" "${fresh[@]}" >"build/$preset/configure.log" 2>&1 || {
        tail -n 30 "build/$preset/configure.log"
        say "Preset $preset could not be configured (see above)."
        return 1
    }
    ninja -k 20 -C "build/$preset" "$@" >"build/$preset/build.log" 2>&1 || {
        grep -E -A 12 'FAILED|error:' "build/$preset/build.log" | head -n 80
        say "Preset $preset does not build (see above; all of it is in build/$preset/build.log)."
        return 1
    }
}

# tests PRESET CTEST-ARGUMENTS...: the output goes to the screen and to build/PRESET/ctest.log. What
# tests that passed have skipped is in ctest's own log only; it is kept for the summary.
tests() {
    local preset="$1" outcome=0
    shift
    ctest --test-dir "build/$preset" --output-on-failure --no-tests=error "$@" 2>&1 |
        tee -a "build/$preset/ctest.log" || outcome=$?
    sed -n 's/^skipped (DIABAN_GEODATA.*): //p' "build/$preset/Testing/Temporary/LastTest.log" \
        >>"$scratch/skipped" 2>/dev/null
    return "$outcome"
}

summary() {
    say ""
    say "Steps:"
    printf '%s\n' "${steps[@]}"
    local again=
    [ -f build/ci/ctest.log ] &&
        again="$(sed -n 's/^ *Start *[0-9]*: //p' build/ci/ctest.log | sort | uniq -d | paste -sd' ')"
    [ -n "$again" ] && say "Needed more than one try: $again"
    if [ -s "$scratch/skipped" ]; then
        say "Tests on these real data were skipped, because they are not at hand (DIABAN_GEODATA):"
        sort -u "$scratch/skipped" | sed 's/^/  /'
    fi
    if [ ${#failed[@]} -gt 0 ]; then
        local list
        list="$(printf ', %s' "${failed[@]}")"
        say "Failed: ${list:2}."
    fi
    # The closing lines are ctest's own.
    [ -f build/ci/ctest.log ] && grep -E 'tests passed|Total Test time' build/ci/ctest.log
    [ ${#failed[@]} -eq 0 ]
}

start_display
jobs=$(nproc)
rm -f build/ci/ctest.log
# A test that needs a screen may be held up by whatever else the machine is doing, so it gets three
# tries, and the summary names those that needed them; everything else gets one. Half of its time
# it waits, so twice as many run side by side. --only may leave
# nothing to one of the two.
nothing=error
[ ${#only[@]} -gt 0 ] && nothing=ignore
if step "build" build ci; then
    step "tests" tests ci --no-tests="$nothing" -j "$jobs" -LE 'slow|window' "${only[@]}"
    step "window tests" tests ci --no-tests="$nothing" -j $((2 * jobs)) -L window -LE slow \
        --repeat until-pass:3 "${only[@]}"
fi

if $all && [ ${#failed[@]} -eq 0 ]; then
    mv build/ci/ctest.log build/ci/ctest.fast.log
    step "long tests" tests ci -L slow -LE 'monkey|bench' "${only[@]}"
    mv build/ci/ctest.log build/ci/ctest.slow.log
    cp build/ci/ctest.fast.log build/ci/ctest.log
    # Several sources are compiled as one elsewhere, which hides a missing include.
    step "each source alone: build" build alone
    step "benchmarks: build" build bench && step "benchmarks" tests bench -L bench "${only[@]}"

    export LSAN_OPTIONS="suppressions=$here/tests/support/leaks.supp:print_suppressions=0"
    export UBSAN_OPTIONS=print_stacktrace=1
    # Mesa and GDAL hand out memory that lives until exit; the sanitizer's own list names them.
    step "address sanitizer: build" build asan &&
        step "address sanitizer: tests" tests asan -j "$jobs" -LE 'slow|window|structure' "${only[@]}" &&
        step "address sanitizer: window" tests asan -L 'monkey' -j "$jobs" "${only[@]}"
    # Address randomisation of new kernels is too wide for GCC 12's thread sanitizer.
    export TSAN_OPTIONS="suppressions=$here/tests/support/races.supp"
    step "thread sanitizer: build" build tsan diaban_thread_tests &&
        step "thread sanitizer: tests" setarch -R bash -c \
            "ctest --test-dir build/tsan --output-on-failure --no-tests=error -L threads"
    step "fuzz: build" build fuzz diaban_fuzz &&
        step "fuzz: a minute for each parser" tests fuzz -j "$jobs" -L fuzz
fi
summary
