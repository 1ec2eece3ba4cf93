// A disk of so many bytes under a folder, to be filled.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <sys/mount.h>

namespace diaban::test {

class SmallDisk {
public:
    // `size` as mount(8) takes it: "32k", "8m". Mounting is root's privilege; without it there is
    // no disk, which is said, and the test has nothing to fill.
    SmallDisk(const std::filesystem::path& at, const std::string& size) : at_(at) {
        std::filesystem::create_directory(at_);
        mounted_ = mount("tmpfs", at_.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
        if (!mounted_) WARN("skipped: only root can mount a small disk to fill");
    }
    ~SmallDisk() {
        if (mounted_) umount2(at_.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    explicit operator bool() const { return mounted_; }

private:
    std::filesystem::path at_;
    bool mounted_ = false;
};

} // namespace diaban::test
