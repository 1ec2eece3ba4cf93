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
    {"ST11_new", "số xã, phường, thị trấn lành mạnh xây dựng mới", "newly built healthy communes",
     "xã", "T", "Y", Flow, false, "xa lanh manh xay dung moi|xay dung moi|st11a"},
    {"ST11_kept", "số xã, phường, thị trấn lành mạnh duy trì", "maintained healthy communes", "xã",
     "T", "Y", Stock, false, "xa lanh manh duy tri|duy tri|st11b"},
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
     Flow, false, "so vu"},
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
    {"DR08_arv", "người điều trị ARV", "people on ARV", "người", "T", "Y", Stock, kPersons,
     "dieu tri arv|arv|dr08a"},
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
     "so dan|dan so trung binh|nhan khau|population|pop|pop total|total population|tong dan so|"
     "so nhan khau|dan so thuong tru"},
    // What the rules and plans that come with the program count beside the codes above: numerators
    // and denominators of their shares.
    {"drug_users", "người sử dụng trái phép chất ma túy có hồ sơ quản lý",
     "people with a file of illegal drug use", "người", "X-T", "D", Stock, kPersons,
     "nguoi su dung trai phep chat ma tuy|su dung trai phep chat ma tuy|nguoi su dung ma tuy"},
    {"drug_places", "nơi tổ chức, chứa chấp sử dụng trái phép chất ma túy",
     "places that organise or harbour illegal drug use", "điểm", "X-T", "Y", Flow, false,
     "diem to chuc chua chap su dung trai phep chat ma tuy|noi to chuc su dung ma tuy|"
     "diem to chuc su dung ma tuy"},
    {"drug_offenders", "người phạm tội về ma túy bị bắt giữ trên địa bàn",
     "drug offenders arrested in the area", "người", "X-T", "Y", Flow, kPersons,
     "nguoi pham toi ve ma tuy|nguoi pham toi ve ma tuy bi bat giu|doi tuong pham toi ve ma tuy"},
    {"drug_route", "nằm trên tuyến trọng điểm về ma túy", "lies on a key drug route", "tuyến", "X",
     "D", Stock, false, "tuyen trong diem ve ma tuy|tuyen trong diem ma tuy"},
    {"plants", "cây có chứa chất ma túy bị triệt phá", "narcotic plants destroyed", "cây", "X-T",
     "Y", Flow, false, "so cay co chua chat ma tuy|cay co chua chat ma tuy"},
    {"plants_m2", "diện tích trồng cây có chứa chất ma túy", "area of narcotic plants", "m²", "X-T",
     "Y", Flow, false,
     "dien tich cay co chua chat ma tuy|dien tich trong cay co chua chat ma tuy bi triet pha"},
    {"ST10_before", "số xã, phường, thị trấn lành mạnh năm trước",
     "healthy communes of the year before", "xã", "T", "Y", Stock, false, "xa lanh manh nam truoc"},
    {"hot_districts", "huyện trọng điểm", "hotspot districts", "huyện", "T", "Y", Stock, false,
     "huyen trong diem ve mai dam"},
    {"CM05_press", "tin, bài trên báo chí", "press items", "lần/tháng", "T", "Y", Flow, false,
     "tin bai tren bao"},
    {"CM05_broadcast", "tin, bài trên đài phát thanh, truyền hình", "radio and TV items",
     "lần/tháng", "T", "Y", Flow, false, "tin bai tren dai"},
    {"CM07_workers", "người lao động ở cơ sở dịch vụ", "establishment workers", "người", "X-T", "D",
     Stock, kPersons, "nguoi lao dong tai co so dich vu|nld o co so dich vu"},
    {"CM08_workers", "người lao động ở khu công nghiệp", "industrial-zone workers", "người", "X-T",
     "D", Stock, false, "nguoi lao dong tai khu cong nghiep|nld o khu cong nghiep"},
    {"CM09_students", "học sinh, học viên", "students", "người", "X-T", "D", Stock, false,
     "hoc sinh|so hoc sinh"},
    {"IN07_visited", "cơ sở được kiểm tra trong năm", "establishments inspected in the year",
     "cơ sở", "X-T", "Y", Flow, false, "co so duoc kiem tra"},
    {"IN07_distinct", "cơ sở được kiểm tra ít nhất một lần trong kỳ",
     "establishments inspected at least once in the period", "cơ sở", "X-T", "P", Stock, false,
     "co so duoc kiem tra khong tinh lap"},
    {"IN08_all", "cơ sở thuộc diện ký cam kết", "establishments that should sign", "cơ sở", "T",
     "Y", Stock, false, "co so phai ky cam ket"},
    {"IN09_all", "cơ quan thuộc diện cam kết", "agencies that should commit", "cơ quan", "T", "Y",
     Stock, false, "co quan phai cam ket"},
    {"EN01_detected", "vụ được phát hiện", "cases detected", "vụ", "X-T", "Y", Flow, false,
     "so vu phat hien|vu phat hien|vu mai dam phat hien"},
    {"EN01_handled", "vụ phát hiện được xử lý", "detected cases handled", "vụ", "X-T", "Y", Flow,
     false, "so vu xu ly|vu duoc xu ly|vu da xu ly"},
    {"EN02_received", "tin tố giác tiếp nhận", "reports received", "tin", "X-H", "Y", Flow, false,
     "so tin to giac tiep nhan|tin bao tiep nhan"},
    {"EN02_handled", "tin tố giác được xử lý", "reports handled", "tin", "X-H", "Y", Flow, false,
     "so tin to giac da xu ly|tin to giac da xu ly"},
    {"DR02_admitted", "người được đưa vào cai ở trung tâm", "people rehabilitated in centres",
     "người", "T", "Y", Flow, kPersons, "so nguoi duoc cai o trung tam"},
    {"DR08_hiv", "người nhiễm HIV ở trung tâm", "people with HIV in centres", "người", "T", "Y",
     Stock, kPersons, "nhiem hiv|nguoi nhiem hiv"},
    {"DR10_all", "người sau cai nghiện", "post-rehabilitation people", "người", "X-T", "Y", Stock,
     kPersons, "nguoi sau cai|so nguoi sau cai"},
    {"SW02_all", "người bán dâm hoàn lương", "reformed sex workers", "người", "T", "Y", Stock,
     kPersons, "nguoi hoan luong"},
    {"SW02_need", "người bán dâm có nhu cầu hỗ trợ", "sex workers in need of support", "người",
     "X-T", "P", Stock, kPersons, "nguoi ban dam co nhu cau"},
    {"SW02_served", "người bán dâm có nhu cầu được hỗ trợ",
     "sex workers in need who were supported", "người", "X-T", "P", Stock, kPersons, ""},
    {"SW02_eligible", "người hoàn lương có nhu cầu, đủ điều kiện", "reformed, in need and eligible",
     "người", "X-T", "P", Stock, kPersons, ""},
    {"SW02_reformed", "người hoàn lương có nhu cầu, đủ điều kiện được hỗ trợ",
     "reformed, in need and eligible, supported", "người", "X-T", "P", Stock, kPersons, ""},
    {"SW06_all", "nạn nhân bị mua bán trở về", "returned trafficking victims", "người", "T", "Y",
     Stock, kPersons, ""},
    {"OR01_staff", "cán bộ trực tiếp làm công tác", "direct staff", "người", "X-T", "D", Stock,
     false, "can bo truc tiep"},
    {"OR04_communes", "xã, phường, thị trấn có mô hình hỗ trợ", "communes with a support model",
     "xã", "X-T", "P", Stock, false, "xa co mo hinh"},
    {"OR04_districts", "huyện trọng điểm có cả hai loại mô hình",
     "hotspot districts with both kinds of models", "huyện", "T", "P", Stock, false, ""},
    {"OR05_agencies", "cơ quan thuộc diện có kế hoạch", "agencies that should have a plan",
     "cơ quan", "T", "Y", Stock, false, ""},
    {"households", "số hộ", "households", "hộ", "X-T", "Y", Stock, false,
     "ho gia dinh|so ho gia dinh|tong so ho|total households"},
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

std::span<const std::array<std::string_view, 3>> identities() {
    // People with a file are in a centre or in the community.
    static constexpr std::array<std::array<std::string_view, 3>, 1> kSums{
        {{"DR01", "DR02", "DR03"}}};
    return kSums;
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
