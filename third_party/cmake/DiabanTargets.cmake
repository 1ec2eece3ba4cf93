# INTERFACE targets for warnings and sanitizers, and the two functions that every folder uses.

add_library(diaban_warnings INTERFACE)
# Designated initialisers name what they set; the rest keeps its default on purpose.
target_compile_options(diaban_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow)
target_compile_options(diaban_warnings INTERFACE -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # "-" + std::string: GCC 12 sees an overlap that is none (GCC bug 105651).
  target_compile_options(diaban_warnings INTERFACE -Wno-restrict)
endif()
if(CMAKE_UNITY_BUILD)
  # It takes a source that is included by the joint one for a header.
  target_compile_options(diaban_warnings INTERFACE -Wno-subobject-linkage)
endif()
if(DIABAN_WERROR)
  target_compile_options(diaban_warnings INTERFACE -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # Warnings that depend on what the optimiser happens to inline stay warnings.
    target_compile_options(diaban_warnings INTERFACE -Wno-error=maybe-uninitialized
                           -Wno-error=array-bounds -Wno-error=stringop-overflow
                           -Wno-error=stringop-overread)
  endif()
endif()

add_library(diaban_flags INTERFACE)
if(DIABAN_ASSERTS)
  # Release code with assertions: NDEBUG is what switches them off.
  target_compile_options(diaban_flags INTERFACE -UNDEBUG)
endif()
if(DIABAN_SANITIZE)
  target_compile_options(diaban_flags INTERFACE -fsanitize=${DIABAN_SANITIZE} -fno-omit-frame-pointer
                         -fno-sanitize-recover=all)
  target_link_options(diaban_flags INTERFACE -fsanitize=${DIABAN_SANITIZE})
endif()

# diaban_folder(name DEPENDS other folders... LINKS libraries...)
# One static library per folder of src/. DEPENDS are the folders it may include (public);
# LINKS are third-party targets, private so that their headers stop here.
function(diaban_folder name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LINKS;PUBLIC_LINKS;EXCLUDE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  if(NOT sources)  # headers only: CMake wants at least one source
    set(sources ${CMAKE_BINARY_DIR}/headers_only.cpp)
    file(CONFIGURE OUTPUT ${sources} CONTENT "")
  endif()
  add_library(diaban_${name} STATIC ${sources})
  add_library(diaban::${name} ALIAS diaban_${name})
  set_target_properties(diaban_${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_include_directories(diaban_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(diaban_${name} PRIVATE diaban_warnings PUBLIC diaban_flags ${ARG_PUBLIC_LINKS})
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(diaban_${name} PUBLIC diaban_${dependency})
  endforeach()
  target_link_libraries(diaban_${name} PRIVATE ${ARG_LINKS})
endfunction()

# A Catch2 executable. Its tests are registered by the two functions below.
function(diaban_test_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE diaban_test_main diaban_warnings ${ARG_LINKS})
endfunction()

function(diaban_test_entry name)
  cmake_parse_arguments(ARG "" "" "COMMAND;LABELS" ${ARGN})
  add_test(NAME ${name} COMMAND ${ARG_COMMAND})
  # Sanitizers make a program many times slower.
  set(timeout 600)
  if(DIABAN_SANITIZE)
    set(timeout 2400)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${timeout})
endfunction()

# diaban_test(name SOURCES... LINKS... LABELS fast|golden|window|slow)
# A Catch2 executable and one ctest entry for it.
function(diaban_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;LABELS" ${ARGN})
  diaban_test_program(${name} SOURCES ${ARG_SOURCES} LINKS ${ARG_LINKS})
  diaban_test_entry(${name} COMMAND ${name} LABELS "${ARG_LABELS}")
endfunction()

# diaban_test_by_file(name SOURCES... LINKS... LABELS...)
# One Catch2 executable, compiled and linked once, and a ctest entry name_X_test for each source
# X_test.cpp. They share nothing when they run (a window test has a display of its own), so they may
# run side by side.
function(diaban_test_by_file name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;LABELS" ${ARGN})
  diaban_test_program(${name} SOURCES ${ARG_SOURCES} LINKS ${ARG_LINKS})
  foreach(source IN LISTS ARG_SOURCES)
    get_filename_component(file ${source} NAME_WE)
    if(file MATCHES "_test$")
      # Catch2 takes the file's name for a tag, and runs hidden tests that a tag names.
      diaban_test_entry(${name}_${file} COMMAND ${name} --filenames-as-tags "[#${file}]~[.]"
                        LABELS "${ARG_LABELS}")
    endif()
  endforeach()
endfunction()
