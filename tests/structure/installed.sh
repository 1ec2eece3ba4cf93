#!/usr/bin/env bash
# An installed program runs, and finds its own files under its prefix and not in the build tree.
#   installed.sh BUILD SOURCE CMAKE PROGRAM
set -euo pipefail
build="$1" source="$2" cmake="$3" program="$4"

prefix="$(mktemp -d)"
trap 'rm -rf "$prefix"' EXIT

"$cmake" --install "$build" --prefix "$prefix" >"$prefix/log" 2>&1 || {
    cat "$prefix/log"
    exit 1
}

for file in bin/diaban share/diaban/locale/vi.mo share/diaban/locale/en.mo \
    share/diaban/docs/guide.vi.md share/diaban/docs/guide.en.md; do
    [ -s "$prefix/$file" ] || { echo "not installed: $file"; exit 1; }
done
# Every shader and every asset but the .po files.
(cd "$source" && find shaders -type f; cd "$source/assets" && find . -type f ! -name '*.po') |
    sed 's|^\./||' | while read -r file; do
    [ -f "$prefix/share/diaban/$file" ] || { echo "not installed: $file"; exit 1; }
done

version="$("$prefix/bin/diaban" --version)"
[ "$version" = "$("$program" --version)" ] || { echo "versions differ: $version"; exit 1; }
case "$version" in
*[0-9].[0-9]*) ;;
*) echo "no version: $version"; exit 1 ;;
esac

# Without its catalogue the installed program would fall back to the build tree's: so look at what
# it opens. An unknown verb needs a text, hence the catalogue.
cd /
opened="$(strace -f -qq -e trace=openat,open,execve "$prefix/bin/diaban" nosuchverb 2>&1 || true)"
grep -q "$prefix/.*locale/.*\.mo" <<<"$opened" || { echo "the installed catalogue is not opened"; exit 1; }
if grep -E "\"($build|$source)/" <<<"$opened" | grep -v ENOENT; then
    echo "the installed program opens files of the build tree"
    exit 1
fi
echo "installed: $version"
