#include "data/catalogue.hpp"

#include "base/text.hpp"

#include <array>

namespace diaban::data {
namespace {

using enum Accrual;
constexpr bool kPersons = true;

constexpr auto kCatalogue = std::to_array<CatalogueEntry>({
    {"ST01", "trạng thái ma túy", "drug status", "", "X", "Y", Class, false,
     "tinh trang ma tuy|dia ban ma tuy|te nan ma tuy|phan loai ma tuy|ma tuy"},
    {"ST02", "trạng thái mại dâm", "prostitution status", "", "X", "Y", Class, false,
     "tinh trang mai dam|dia ban mai dam|te nan mai dam|phan loai mai dam|mai dam"},
    {"ST03", "số xã, phường, thị trấn trọng điểm cả ma túy và mại dâm",
     "communes that are hotspots of both drugs and prostitution", "xã", "T", "Y", Stock, false,
     "xa trong diem ca hai|trong diem ca ma tuy va mai dam"},
    {"ST04", "số xã, phường, thị trấn trọng điểm ma túy", "drug hotspot communes", "xã", "T", "Y",
     Stock, false, "xa trong diem ma tuy|trong diem ma tuy"},
    {"ST05", "số xã, phường, thị trấn trọng điểm mại dâm", "prostitution hotspot communes", "xã",
     "T", "Y", Stock, false, "xa trong diem mai dam|trong diem mai dam"},
    {"ST06", "số xã, phường, thị trấn có tệ nạn mại dâm", "communes with prostitution", "xã", "T",
     "Y", Stock, false, "xa co te nan mai dam|co te nan mai dam"},
    {"ST07", "số xã, phường, thị trấn có tệ nạn ma túy", "communes with drugs", "xã", "T", "Y",
     Stock, false, "xa co te nan ma tuy|co te nan ma tuy"},
    {"ST08", "số xã, phường, thị trấn không có tệ nạn mại dâm", "communes without prostitution",
     "xã", "T", "Y", Stock, false, "xa khong co te nan mai dam|khong co te nan mai dam"},
    {"ST09", "số xã, phường, thị trấn không có tệ nạn ma túy", "communes without drugs", "xã", "T",
     "Y", Stock, false, "xa khong co te nan ma tuy|khong co te nan ma tuy"},
    {"ST10", "số xã, phường, thị trấn lành mạnh không có tệ nạn",
     "healthy communes, without drugs and prostitution", "xã", "T", "Y", Stock, false,
     "xa lanh manh|xa phuong lanh manh|lanh manh"},
    {"ST11a", "số xã, phường, thị trấn lành mạnh xây dựng mới", "newly built healthy communes",
     "xã", "T", "Y", Flow, false, "xa lanh manh xay dung moi|xay dung moi"},
    {"ST11b", "số xã, phường, thị trấn lành mạnh duy trì", "maintained healthy communes", "xã", "T",
     "Y", Stock, false, "xa lanh manh duy tri|duy tri"},
    {"ST12", "điểm chấm", "score", "điểm", "X", "Y", Class, false, "tong diem|diem|diem so"},
    {"ST13", "số xã, phường, thị trấn không có người nghiện",
     "communes without resident drug users", "xã", "H", "Y", Stock, false,
     "xa khong co nguoi nghien ma tuy|khong co nguoi nghien"},
    {"ST14", "số xã, phường, thị trấn không ma túy", "drug-free communes", "xã", "T", "Y", Stock,
     false, "xa khong ma tuy|khong ma tuy"},
    {"CM01", "số cuộc tuyên truyền", "awareness sessions", "cuộc", "X-T", "Y", Flow, false,
     "cuoc tuyen truyen|buoi tuyen truyen|so buoi tuyen truyen"},
    {"CM02", "lượt người dự tuyên truyền", "attendances at awareness sessions", "lượt", "X-T", "Y",
     Flow, false, "luot nguoi du|luot nguoi tham du|so luot nguoi du"},
    {"CM03a", "tài liệu bướm", "leaflets", "tờ", "T", "Y", Flow, false, "to buom|to roi|to gap"},
    {"CM03b", "áp phích", "posters", "tờ", "T", "Y", Flow, false, "ap phich|pano ap phich"},
    {"CM04", "xã, phường, thị trấn có ít nhất một hình thức tuyên truyền",
     "communes with at least one form of communication", "%", "X-T", "Y", Stock, false,
     "xa co hinh thuc tuyen truyen|co it nhat 1 hinh thuc tuyen truyen"},
    {"CM05", "tin, bài trên báo chí, đài tỉnh", "media items", "lần/tháng", "T", "Y", Flow, false,
     "tin bai|tin bai tren bao dai"},
    {"CM06", "lượt dự câu lạc bộ tiếp viên nữ", "club attendances", "lượt", "X", "Y", Flow, false,
     "luot du clb tiep vien nu|luot du clb"},
    {"CM07", "người lao động cơ sở dịch vụ được tuyên truyền", "establishment workers reached", "%",
     "H", "P", Stock, false, "nld co so dich vu duoc tuyen truyen"},
    {"CM08", "người lao động khu công nghiệp được tuyên truyền", "industrial-zone workers reached",
     "%", "H", "P", Stock, false, "nld khu cong nghiep duoc tuyen truyen"},
    {"CM09", "học sinh được tuyên truyền", "students reached", "%", "H", "P", Stock, false, ""},
    {"IN01", "số cuộc kiểm tra", "inspections", "cuộc", "X-T", "Y", Flow, false,
     "cuoc kiem tra|so lan kiem tra"},
    {"IN02", "lượt cơ sở được kiểm tra", "establishment visits", "lượt", "X-T", "Y", Flow, false,
     "so luot co so duoc kiem tra|luot co so kiem tra|so luot kiem tra"},
    {"IN03", "cơ sở vi phạm", "establishments in violation", "cơ sở", "X-T", "Y", Flow, false,
     "so co so vi pham|co so vi pham bi phat hien"},
    {"IN04a", "cơ sở bị nhắc nhở", "establishments reminded", "cơ sở", "X-T", "Y", Flow, false,
     "nhac nho"},
    {"IN04b", "cơ sở bị cảnh cáo", "establishments warned", "cơ sở", "X-T", "Y", Flow, false,
     "canh cao"},
    {"IN04c", "cơ sở bị phạt", "establishments fined", "cơ sở", "X-T", "Y", Flow, false,
     "phat tien|phat"},
    {"IN05", "tiền phạt", "fines", "đồng", "X-T", "Y", Flow, false,
     "so tien phat|tong so tien phat"},
    {"IN06", "số cơ sở dễ bị lợi dụng", "sensitive service establishments", "cơ sở", "X", "D",
     Stock, false, "co so de bi loi dung|co so kinh doanh dich vu nhay cam|co so nhay cam"},
    {"IN07", "tỷ lệ cơ sở được kiểm tra", "inspected share of establishments", "%", "X-H", "Y",
     Stock, false, ""},
    {"IN08", "cơ sở ký cam kết, đăng ký lao động", "establishments with signed commitments", "%",
     "T", "Y", Stock, false, "co so ky cam ket"},
    {"IN09", "cơ quan cam kết không vi phạm", "agencies committed", "%", "T", "Y", Stock, false,
     ""},
    {"EN01", "vụ, đường dây phát hiện, xử lý", "cases and rings found, handled", "vụ", "X-T", "Y",
     Flow, false, "so vu|so vu phat hien|vu phat hien"},
    {"EN02", "tin tố giác tiếp nhận, xử lý", "reports received, handled", "tin", "X-H", "Y", Flow,
     false, "tin to giac"},
    {"EN03", "tụ điểm mại dâm, ma túy", "gathering points", "điểm", "X", "D", Stock, false,
     "tu diem|so tu diem|tu diem ma tuy mai dam"},
    {"DR01", "người nghiện ma túy có hồ sơ quản lý", "people with a drug-use file", "người", "X-T",
     "D", Stock, kPersons,
     "nguoi nghien co ho so|so nguoi nghien co ho so quan ly|so nguoi nghien|nguoi nghien ma tuy|"
     "nguoi nghien co ho so quan ly"},
    {"DR02", "người đang cai tại trung tâm", "people in rehabilitation centres", "người", "T", "D",
     Stock, kPersons, "dang cai tap trung|dang cai tai trung tam|quan ly tai trung tam"},
    {"DR03", "người nghiện quản lý tại cộng đồng", "drug users managed in the community", "người",
     "X-T", "D", Stock, kPersons, "quan ly tai cong dong"},
    {"DR04", "lập hồ sơ đưa vào trung tâm", "admissions to centres", "người", "T", "Y", Flow,
     kPersons, "lap ho so dua vao trung tam|dua vao trung tam"},
    {"DR05", "hoàn thành cai nghiện", "completions of rehabilitation", "người", "T", "Y", Flow,
     kPersons, "hoan thanh cai|hoan thanh chuong trinh cai nghien"},
    {"DR06", "cai nghiện tại cộng đồng", "community rehabilitation", "người", "X", "Y", Flow,
     kPersons, "cai tai cong dong|cai nghien tai gia dinh va cong dong"},
    {"DR07a", "người bỏ trốn khỏi trung tâm", "escapes from centres", "người", "T", "Y", Flow,
     kPersons, "bo tron"},
    {"DR07b", "người bỏ trốn được tập trung lại", "escaped people recovered", "người", "T", "Y",
     Flow, kPersons, "tap trung lai"},
    {"DR08", "lượt khám bệnh tại trung tâm", "medical visits in centres", "lượt", "T", "Y", Flow,
     false, "luot kham|luot kham benh"},
    {"DR08a", "người điều trị ARV", "people on ARV", "người", "T", "Y", Stock, kPersons,
     "dieu tri arv|arv"},
    {"DR08b", "lượt nhiễm trùng cơ hội", "opportunistic infections", "lượt", "T", "Y", Flow, false,
     "nhiem trung co hoi"},
    {"DR09", "người nghiện mới phát sinh", "new drug users", "người", "X-T", "Y", Flow, kPersons,
     "moi phat sinh|nguoi nghien moi phat sinh"},
    {"DR10", "người sau cai được hỗ trợ", "post-rehabilitation people supported", "%", "X-T", "Y",
     Stock, false, "nguoi sau cai nghien duoc ho tro"},
    {"SW01", "người bán dâm có hồ sơ quản lý", "sex workers with a file", "người", "X-T", "D",
     Stock, kPersons, "nguoi ban dam co ho so|so nguoi ban dam|nguoi ban dam"},
    {"SW02", "người bán dâm được chữa trị, giáo dục, dạy nghề, tái hòa nhập",
     "sex workers supported", "%", "T", "P", Stock, false, ""},
    {"SW03", "điều trị STI, dùng bao cao su", "STI care, condom use", "%", "T", "Y", Stock, false,
     "dieu tri sti"},
    {"SW04a", "người được học nghề", "people in vocational training", "người", "T", "Y", Flow,
     kPersons, "hoc nghe|duoc hoc nghe"},
    {"SW04b", "người được giới thiệu việc làm", "people referred to jobs", "người", "T", "Y", Flow,
     kPersons, "gioi thieu viec lam|gioi thieu viec"},
    {"SW04c", "người được nhận việc làm", "people hired", "người", "T", "Y", Flow, kPersons,
     "nhan viec|nhan viec lam|duoc nhan viec lam|co viec lam"},
    {"SW05a", "người được vay vốn", "people with loans", "người", "X", "Y", Flow, kPersons,
     "nguoi vay von|vay von"},
    {"SW05b", "số tiền vay vốn", "amount of loans", "đồng", "X", "Y", Flow, false, "so tien vay"},
    {"SW06", "nạn nhân bị mua bán trở về được hỗ trợ", "returned trafficking victims supported",
     "%", "T", "Y", Stock, false, ""},
    {"OR01", "cán bộ được tập huấn", "staff trained", "người", "X-T", "Y", Flow, false,
     "tap huan|so can bo duoc tap huan"},
    {"OR02", "cán sự xã hội cấp xã", "commune social workers", "người", "X", "D", Stock, false,
     "can su xa hoi|can bo xa hoi"},
    {"OR03", "đội hoạt động xã hội tình nguyện", "volunteer social teams", "đội", "X", "D", Stock,
     false, "doi tinh nguyen|doi cong tac xa hoi tinh nguyen"},
    {"OR04", "mô hình hỗ trợ", "support models", "mô hình", "X-H", "P", Stock, false,
     "mo hinh|mo hinh thi diem"},
    {"OR05", "ủy ban nhân dân xã, cơ quan có kế hoạch", "bodies with a plan", "%", "X-T", "Y",
     Stock, false, "co ke hoach"},
    {"OR06", "huyện có chương trình 100% bao cao su", "districts with a condom programme", "huyện",
     "H", "Y", Stock, false, "chuong trinh 100% bao cao su"},
    {"OR07", "kinh phí", "budget", "triệu đồng", "T", "Y", Flow, false, "tong kinh phi"},
    {"population", "dân số", "population", "người", "X-T", "Y", Stock, false,
     "so dan|dan so trung binh|nhan khau|population|pop"},
});

} // namespace

std::string_view to_string(Accrual reading) {
    switch (reading) {
    case Flow:
        return "flow";
    case Stock:
        return "stock";
    case Class:
        break;
    }
    return "class";
}

std::span<const CatalogueEntry> catalogue() {
    return kCatalogue;
}

const CatalogueEntry* find_in_catalogue(std::string_view code) {
    const auto key = base::lower(code);
    for (const auto& entry : kCatalogue)
        if (base::lower(entry.code) == key) return &entry;
    return nullptr;
}

Indicator indicator_of(const CatalogueEntry& entry) {
    Indicator indicator;
    indicator.id = entry.code;
    indicator.name_vi = entry.name_vi;
    indicator.name_en = entry.name_en;
    indicator.unit = entry.unit;
    indicator.counts_persons = entry.counts_persons;
    if (entry.unit == "%") indicator.kind = Kind::Intensity;
    if (entry.reading == Accrual::Class) {
        indicator.kind = entry.unit.empty() ? Kind::Category : Kind::Intensity;
        if (entry.unit.empty()) indicator.categories = {"none", "present", "hot"};
    }
    return indicator;
}

} // namespace diaban::data
