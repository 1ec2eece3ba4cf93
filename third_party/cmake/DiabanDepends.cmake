# Imported targets of the Debian packages listed in third_party/packages.debian.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(GDAL REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(glfw3 REQUIRED)
find_package(Gettext REQUIRED)

pkg_check_modules(icu REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
pkg_check_modules(geos REQUIRED IMPORTED_TARGET geos)
pkg_check_modules(proj REQUIRED IMPORTED_TARGET proj)
pkg_check_modules(sqlite REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(spatialite REQUIRED IMPORTED_TARGET spatialite)
pkg_check_modules(cairo REQUIRED IMPORTED_TARGET cairo cairo-pdf cairo-svg cairo-ft)
pkg_check_modules(pango REQUIRED IMPORTED_TARGET pangocairo)
pkg_check_modules(png REQUIRED IMPORTED_TARGET libpng)
pkg_check_modules(fontconfig REQUIRED IMPORTED_TARGET fontconfig)
pkg_check_modules(epoxy REQUIRED IMPORTED_TARGET epoxy)
pkg_check_modules(imgui REQUIRED IMPORTED_TARGET imgui)

# geos.pc names the C++ library; we use the stable C interface only.
find_library(GEOS_C_LIBRARY geos_c REQUIRED)
add_library(geos_c INTERFACE)
target_link_libraries(geos_c INTERFACE ${GEOS_C_LIBRARY})
