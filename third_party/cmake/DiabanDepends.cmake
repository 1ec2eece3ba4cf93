# Imported targets of the Debian packages listed in third_party/packages.debian. Being imported,
# their headers are SYSTEM includes: our warnings stop at them.
#
# Everything is looked for first, and everything that is missing is named in one message.

set(DIABAN_MISSING "")

macro(diaban_missing what package)
  list(APPEND DIABAN_MISSING_LINES "  ${what}  (Debian package ${package})")
  list(APPEND DIABAN_MISSING ${package})
endmacro()

# diaban_need(name version package): a library that comes with a CMake configuration.
macro(diaban_need name version package)
  find_package(${name} ${version} QUIET)
  if(NOT ${name}_FOUND)
    diaban_missing("${name} ${version}" ${package})
  endif()
endmacro()

# diaban_need_module(target package modules...): a library that comes with a pkg-config file;
# becomes PkgConfig::<target>.
macro(diaban_need_module target package)
  pkg_check_modules(${target} QUIET IMPORTED_TARGET ${ARGN})
  if(NOT ${target}_FOUND)
    diaban_missing("${ARGN}" ${package})
  endif()
endmacro()

find_package(Threads REQUIRED)
find_package(PkgConfig QUIET)
if(NOT PKG_CONFIG_FOUND)
  message(FATAL_ERROR "pkg-config is missing. Install it and configure again:\n"
    "  apt-get install pkg-config\nor let ./run.sh install everything that is needed.")
endif()

diaban_need(fmt 9 libfmt-dev)
diaban_need(GDAL 3.6 libgdal-dev)
diaban_need(nlohmann_json 3.11 nlohmann-json3-dev)
diaban_need(CLI11 2.1 libcli11-dev)
diaban_need(glfw3 3.3 libglfw3-dev)
diaban_need(Gettext "" gettext)
if(DIABAN_TESTS)
  diaban_need(Catch2 2.13 catch2)
endif()

diaban_need_module(icu libicu-dev icu-uc icu-i18n)
diaban_need_module(geos libgeos-dev geos>=3.11)
diaban_need_module(proj libproj-dev proj>=9.1)
diaban_need_module(sqlite libsqlite3-dev sqlite3)
diaban_need_module(spatialite libspatialite-dev spatialite)
diaban_need_module(deflate libdeflate-dev libdeflate)
diaban_need_module(freexl libfreexl-dev freexl)
diaban_need_module(cbc coinor-libcbc-dev cbc)
diaban_need_module(glib libglib2.0-dev glib-2.0)
diaban_need_module(cairo libcairo2-dev cairo cairo-pdf cairo-svg cairo-ft)
diaban_need_module(pango libpango1.0-dev pangocairo pangoft2)
diaban_need_module(png libpng-dev libpng)
diaban_need_module(fontconfig libfontconfig-dev fontconfig)
diaban_need_module(freetype libfreetype-dev freetype2)
diaban_need_module(epoxy libepoxy-dev epoxy)
diaban_need_module(imgui libimgui-dev imgui)

# geos.pc names the C++ library; we use the stable C interface only.
find_library(GEOS_C_LIBRARY geos_c)
if(NOT GEOS_C_LIBRARY)
  diaban_missing("geos_c" libgeos-dev)
endif()

if(DIABAN_MISSING)
  list(REMOVE_DUPLICATES DIABAN_MISSING)
  list(JOIN DIABAN_MISSING " " packages)
  list(JOIN DIABAN_MISSING_LINES "\n" lines)
  message(FATAL_ERROR "Diaban cannot be built here, because these are missing:\n${lines}\n"
    "Install them and configure again:\n  apt-get install ${packages}\n"
    "or let ./run.sh install everything that is needed.")
endif()

add_library(geos_c INTERFACE)
target_link_libraries(geos_c INTERFACE ${GEOS_C_LIBRARY})

# libimgui.a is static and its font builder calls FreeType.
target_link_libraries(PkgConfig::imgui INTERFACE PkgConfig::freetype)
