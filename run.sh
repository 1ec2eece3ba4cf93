#!/usr/bin/env bash
# Installs what is missing, builds the release, writes the sample province and opens it.
#
#   ./run.sh              the window; without a display the same maps as files in out/maps
#   ./run.sh --maps       maps as files even where there is a display
#   ./run.sh FILE...      opens your own files (boundaries, tables, .diaban projects) instead
#
# A second run finds everything in place and starts at once. out/ holds only what this script
# writes; keep your own projects elsewhere.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
build="$here/build/release"
program="$build/src/diaban"
sample="$here/out/sample"
project="$sample/tinh_mau.diaban"

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

files=()
maps_only=false
for argument in "$@"; do
    case "$argument" in
    -h | --help)
        sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
        exit 0
        ;;
    --maps) maps_only=true ;;
    -*) fail "run.sh does not know $argument. ./run.sh --help lists what it knows." ;;
    *) files+=("$(realpath -s -- "$argument")") ;;
    esac
done

# shellcheck source=third_party/packages.sh
. "$here/third_party/packages.sh"
install_packages build run || exit 1

# A build folder that was made elsewhere (the tree was moved or copied) is configured afresh.
configure() {
    local fresh=()
    if [ -f "$build/CMakeCache.txt" ] &&
        ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$here" "$build/CMakeCache.txt"; then
        fresh=(--fresh)
    fi
    say "Configuring the release build in build/release"
    cd "$here"
    cmake --preset release "${fresh[@]}" >"$log" 2>&1 || {
        tail -n 30 "$log" >&2
        fail "The build could not be configured (see above). Install what is named there, or" \
            "remove build/release and run ./run.sh again."
    }
}

mkdir -p "$build" "$here/out" 2>/dev/null ||
    fail "The folder $here cannot be written to. Copy the project to a folder of your own and run it there."
log="$build/run.log"
if [ ! -f "$build/build.ninja" ] || [ "$here/CMakePresets.json" -nt "$build/build.ninja" ] ||
    ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$here" "$build/CMakeCache.txt"; then
    configure
fi

# Says so only if there is something to build; the first time takes minutes.
if ! ninja -C "$build" -n diaban 2>/dev/null | grep -q 'no work to do'; then
    say "Building the release (the first time takes some minutes)"
    ninja -C "$build" diaban >"$log" 2>&1 || {
        grep -E 'error|Error|FAILED' "$log" | head -n 30 >&2 || true
        fail "The build failed; the whole output is in build/release/run.log. If memory ran out," \
            "try: ninja -C build/release -j1 diaban"
    }
fi

if [ ${#files[@]} -gt 0 ]; then
    exec "$program" view "${files[@]}"
fi

# The sample is written once, and again when the program has changed, unless somebody edited it.
untouched() { (cd "$sample" && sha256sum -- * 2>/dev/null | cmp -s - .written); }
if [ ! -f "$project" ] || { [ "$program" -nt "$sample/.written" ] && untouched; }; then
    say "Writing the sample province to out/sample"
    "$program" sample "$sample" --quiet >/dev/null ||
        fail "The sample province could not be written to $sample. Check free disk space and permissions."
    (cd "$sample" && sha256sum -- * >.written 2>/dev/null) || true
fi

if ! $maps_only && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "Opening the sample province"
    exec "$program" view "$project"
fi

maps="$here/out/maps"
mkdir -p "$maps"
$maps_only || say "There is no display here (DISPLAY and WAYLAND_DISPLAY are not set), so the sample" \
    "maps are drawn into files instead of a window."
for output in tinh_mau.png tinh_mau.svg tinh_mau.pdf; do
    "$program" map --project "$project" --out "$maps/$output" --quiet >/dev/null ||
        fail "The map out/maps/$output could not be drawn."
    say "  out/maps/$output"
done
