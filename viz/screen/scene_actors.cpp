// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/screen/scene_actors.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkPointGaussianMapper.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkStdString.h>
#include <vtkTextActor.h>
#include <vtkTextProperty.h>
#include <vtkTextRenderer.h>
#include <vtkTexture.h>
#include <vtkTypeInt32Array.h>
#include <vtkUnsignedCharArray.h>
#include <vtkWindow.h>

#include "core/support/digits.h"
#include "viz/paper/fonts.h"
#include "viz/scenes/device_pixels.h"
#include "viz/scenes/thinning.h"

namespace dnm {

namespace {

constexpr int vtk_dpi = 72;  // font sizes are then pixels

/// Points and colours in VTK's own arrays, written straight into their memory.
class Vertices {
 public:
  explicit Vertices(std::size_t count) {
    coordinates_->SetNumberOfComponents(3);
    coordinates_->SetNumberOfTuples(static_cast<vtkIdType>(count));
    colors_->SetNumberOfComponents(4);
    colors_->SetNumberOfTuples(static_cast<vtkIdType>(count));
    coordinate_ = coordinates_->GetPointer(0);
    color_ = colors_->GetPointer(0);
  }
  void put(Point page, Color color) {
    *coordinate_++ = static_cast<float>(page.x);
    *coordinate_++ = static_cast<float>(page.y);
    *coordinate_++ = 0.0F;
    std::memcpy(color_, &color, sizeof color);
    color_ += sizeof color;
  }
  void give_to(vtkPolyData& data) {
    vtkNew<vtkPoints> points;
    points->SetData(coordinates_);
    data.SetPoints(points);
    data.GetPointData()->SetScalars(colors_);
  }

 private:
  vtkNew<vtkFloatArray> coordinates_;
  vtkNew<vtkUnsignedCharArray> colors_;
  float* coordinate_;
  unsigned char* color_;
};

/// The lines of a set that `limit` leaves (0: all), evenly chosen. Fewer lines are drawn stronger, so that they
/// cover the same area.
vtkSmartPointer<vtkPolyData> line_data(const Lines& lines, const PageTransform& transform, double fade,
                                       std::size_t limit) {
  const Thinning thinning(lines.starts.size(), limit == 0 ? lines.starts.size() : limit);
  std::size_t corners = 0;
  for (std::uint64_t index = 0; index < thinning.shown(); ++index) {
    const std::size_t line = thinning.item(index);
    corners += lines.end_of(line) - lines.starts[line];
  }
  const double share =
      static_cast<double>(thinning.total()) / static_cast<double>(std::max<std::uint64_t>(thinning.shown(), 1));
  Vertices vertices(corners);
  vtkNew<vtkTypeInt32Array> offsets, connectivity;
  offsets->SetNumberOfValues(static_cast<vtkIdType>(thinning.shown()) + 1);
  connectivity->SetNumberOfValues(static_cast<vtkIdType>(corners));
  vtkTypeInt32 corner = 0;
  for (std::uint64_t index = 0; index < thinning.shown(); ++index) {
    const std::size_t line = thinning.item(index);
    Color color = lines.colors[line];
    double alpha = color.alpha / 255.0 * fade;
    if (share > 1.0) alpha = std::min(0.9, 1.0 - std::pow(1.0 - alpha, share));
    color.alpha = static_cast<std::uint8_t>(std::clamp(std::lround(alpha * 255.0), 1L, 255L));
    offsets->SetValue(static_cast<vtkIdType>(index), corner);
    for (std::size_t point = lines.starts[line]; point < lines.end_of(line); ++point) {
      vertices.put(transform.to_page(lines.points[point]), color);
      connectivity->SetValue(corner, corner);
      ++corner;
    }
  }
  offsets->SetValue(static_cast<vtkIdType>(thinning.shown()), corner);
  auto data = vtkSmartPointer<vtkPolyData>::New();
  vertices.give_to(*data);
  vtkNew<vtkCellArray> cells;
  cells->SetData(offsets, connectivity);
  data->SetLines(cells);
  return data;
}

vtkSmartPointer<vtkActor> flat_actor(vtkPolyData& data) {
  vtkNew<vtkPolyDataMapper> mapper;
  mapper->SetInputData(&data);
  mapper->SetColorModeToDirectScalars();
  auto actor = vtkSmartPointer<vtkActor>::New();
  actor->SetMapper(mapper);
  actor->GetProperty()->LightingOff();
  return actor;
}

}  // namespace

class SceneActors::Implementation {
 public:
  explicit Implementation(vtkRenderer& renderer) : renderer_(renderer) {}

  void set_scene(const ScenePointer& scene, double width_points, double height_points, double pixels_per_point);
  void set_view(const PageView& view);
  void limit_lines(std::size_t limit);
  [[nodiscard]] std::size_t line_count() const;

 private:
  struct Label {
    vtkSmartPointer<vtkTextActor> actor;
    Point page;    // anchor on the page
    Point offset;  // from there to the lower left corner of the text, in points
  };
  struct LineSet {
    vtkSmartPointer<vtkPolyDataMapper> mapper;
    vtkSmartPointer<vtkPolyData> all;
    const Lines* lines;  // owned by scene_
    std::size_t shown;
  };

  /// What is drawn in the pixels of the window, whatever its view: cells and images.
  struct PixelLayer {
    std::function<DevicePixels(const DeviceTransform&, int width, int height)> pixels;  // of an item of scene_
    vtkSmartPointer<vtkActor> actor;
    vtkSmartPointer<vtkPolyData> quad = vtkSmartPointer<vtkPolyData>::New();
    vtkSmartPointer<vtkTexture> texture = vtkSmartPointer<vtkTexture>::New();
  };

  void clear();
  template <class Item>
  void add_pixels(const Item& item);
  void show_pixels(const PixelLayer& layer, const PageView& view) const;
  void add(const Image& image);
  void add(const Cells& cells);
  void add(const Bands& bands);
  void add(const Lines& lines);
  void add(const Disks& disks);
  void add(const Text& text);
  void add_actor(vtkActor* actor);
  void limit_lines(LineSet& set) const;
  void set_note(const std::string& words);
  [[nodiscard]] std::string current_note() const;
  [[nodiscard]] Label label(const Text& text) const;

  vtkRenderer& renderer_;
  ScenePointer scene_;
  PageTransform transform_;
  double width_ = 1.0, height_ = 1.0, pixels_per_point_ = 1.0;
  std::size_t line_limit_ = 0;
  std::vector<vtkSmartPointer<vtkActor>> actors_;
  std::vector<vtkSmartPointer<vtkPointGaussianMapper>> disk_mappers_;
  std::vector<LineSet> line_sets_;
  std::vector<PixelLayer> pixel_layers_;
  std::optional<PageView> pixels_for_;  // the view that the pixel layers are made for
  std::vector<Label> labels_;
  vtkSmartPointer<vtkTextActor> note_;
};

void SceneActors::Implementation::clear() {
  renderer_.RemoveAllViewProps();
  actors_.clear();
  disk_mappers_.clear();
  line_sets_.clear();
  pixel_layers_.clear();
  pixels_for_.reset();
  labels_.clear();
  note_ = nullptr;
}

void SceneActors::Implementation::set_scene(const ScenePointer& scene, double width_points, double height_points,
                                            double pixels_per_point) {
  clear();
  scene_ = scene;
  width_ = width_points;
  height_ = height_points;
  pixels_per_point_ = pixels_per_point;
  if (!scene_) return;
  transform_ = page_transform(*scene_, width_points, height_points);
  const Color background = scene_->background;
  renderer_.SetBackground(background.red / 255.0, background.green / 255.0, background.blue / 255.0);
  for (const SceneItem& item : scene_->items) {
    std::visit([this](const auto& part) { add(part); }, item);
  }
  set_note(current_note());
}

void SceneActors::Implementation::add_actor(vtkActor* actor) {
  // Everything goes through the one pass that keeps the order in which it was added.
  actor->ForceTranslucentOn();
  actor->PickableOff();
  renderer_.AddActor(actor);
  actors_.emplace_back(actor);
}

template <class Item>
void SceneActors::Implementation::add_pixels(const Item& item) {
  PixelLayer layer;
  layer.pixels = [&item](const DeviceTransform& transform, int width, int height) {
    return in_device_pixels(item, transform, width, height);
  };
  layer.texture->SetColorModeToDirectScalars();
  layer.texture->InterpolateOff();
  layer.texture->RepeatOff();
  layer.texture->EdgeClampOn();
  vtkNew<vtkFloatArray> coordinates;
  coordinates->SetNumberOfComponents(2);
  vtkNew<vtkCellArray> quad;
  quad->InsertNextCell(4);
  for (const auto& [x, y] : {std::pair(0.0, 0.0), std::pair(1.0, 0.0), std::pair(1.0, 1.0), std::pair(0.0, 1.0)}) {
    quad->InsertCellPoint(coordinates->GetNumberOfTuples());
    coordinates->InsertNextTuple2(x, y);
  }
  layer.quad->SetPolys(quad);
  layer.quad->GetPointData()->SetTCoords(coordinates);
  layer.actor = flat_actor(*layer.quad);
  layer.actor->SetTexture(layer.texture);
  add_actor(layer.actor);
  pixel_layers_.push_back(std::move(layer));
}

void SceneActors::Implementation::show_pixels(const PixelLayer& layer, const PageView& view) const {
  const int* const size = renderer_.GetVTKWindow()->GetSize();
  const Point scale{view.zoom_x * size[1] / height_, view.zoom_y * size[1] / height_};  // pixels per point
  const Point corner{view.center.x - 0.5 * size[0] / scale.x, view.center.y + 0.5 * size[1] / scale.y};  // upper left
  const DeviceTransform transform{transform_.scale_x * scale.x, transform_.scale_y * scale.y,
                                  (transform_.shift_x - corner.x) * scale.x, (corner.y - transform_.shift_y) * scale.y};
  const DevicePixels found = layer.pixels(transform, size[0], size[1]);
  layer.actor->SetVisibility(!found.pixels.empty());
  if (found.pixels.empty()) return;
  vtkNew<vtkImageData> picture;
  picture->SetDimensions(found.columns, found.rows, 1);
  picture->AllocateScalars(VTK_UNSIGNED_CHAR, 4);
  const auto columns = static_cast<std::size_t>(found.columns);
  for (int row = 0; row < found.rows; ++row) {
    std::memcpy(picture->GetScalarPointer(0, found.rows - 1 - row, 0),
                found.pixels.data() + static_cast<std::size_t>(row) * columns, sizeof(Color) * columns);
  }
  layer.texture->SetInputData(picture);
  // The corners are those of pixels: each pixel of the texture falls on its own.
  const double left = corner.x + found.left / scale.x, right = left + found.columns / scale.x;
  const double top = corner.y - found.top / scale.y, bottom = top - found.rows / scale.y;
  vtkNew<vtkPoints> points;
  for (const auto& [x, y] :
       {std::pair(left, bottom), std::pair(right, bottom), std::pair(right, top), std::pair(left, top)}) {
    points->InsertNextPoint(x, y, 0.0);
  }
  layer.quad->SetPoints(points);
}

void SceneActors::Implementation::add(const Image& image) { add_pixels(image); }

void SceneActors::Implementation::add(const Cells& cells) { add_pixels(cells); }

void SceneActors::Implementation::add(const Bands& bands) {
  Vertices vertices(2 * bands.lower.size());
  vtkNew<vtkCellArray> strips;
  vtkIdType corner = 0;
  for (std::size_t band = 0; band < bands.starts.size(); ++band) {
    const std::size_t end = bands.end_of(band);
    strips->InsertNextCell(static_cast<int>(2 * (end - bands.starts[band])));
    for (std::size_t point = bands.starts[band]; point < end; ++point) {
      vertices.put(transform_.to_page(bands.lower[point]), bands.colors[band]);
      vertices.put(transform_.to_page(bands.upper[point]), bands.colors[band]);
      strips->InsertCellPoint(corner++);
      strips->InsertCellPoint(corner++);
    }
  }
  vtkNew<vtkPolyData> data;
  vertices.give_to(*data);
  data->SetStrips(strips);
  add_actor(flat_actor(*data));
}

void SceneActors::Implementation::add(const Lines& lines) {
  // A line thinner than a pixel is drawn one pixel wide and as much fainter.
  const double pixels = lines.width * pixels_per_point_;
  LineSet set{nullptr, line_data(lines, transform_, std::min(1.0, pixels), 0), &lines, lines.starts.size()};
  auto actor = flat_actor(*set.all);
  actor->GetProperty()->SetLineWidth(static_cast<float>(std::max(1.0, pixels)));
  set.mapper = vtkPolyDataMapper::SafeDownCast(actor->GetMapper());
  add_actor(actor);
  line_sets_.push_back(set);
  limit_lines(line_sets_.back());
}

void SceneActors::Implementation::limit_lines(LineSet& set) const {
  const std::size_t count = set.lines->starts.size();
  const std::size_t wanted = line_limit_ == 0 ? count : std::min(line_limit_, count);
  if (wanted == set.shown) return;
  set.shown = wanted;
  if (wanted == count) {
    set.mapper->SetInputData(set.all);
  } else {
    set.mapper->SetInputData(
        line_data(*set.lines, transform_, std::min(1.0, set.lines->width * pixels_per_point_), wanted));
  }
}

void SceneActors::Implementation::add(const Disks& disks) {
  Vertices vertices(disks.centers.size());
  vtkNew<vtkFloatArray> radii;
  radii->SetName("radius");
  radii->SetNumberOfValues(static_cast<vtkIdType>(disks.centers.size()));
  for (std::size_t disk = 0; disk < disks.centers.size(); ++disk) {
    vertices.put(transform_.to_page(disks.centers[disk]), disks.colors[disk]);
    radii->SetValue(static_cast<vtkIdType>(disk), 0.5F * disks.diameters[disk]);
  }
  vtkNew<vtkPolyData> data;
  vertices.give_to(*data);
  data->GetPointData()->AddArray(radii);
  auto mapper = vtkSmartPointer<vtkPointGaussianMapper>::New();
  mapper->SetInputData(data);
  mapper->SetColorModeToDirectScalars();
  mapper->SetScaleArray("radius");
  mapper->SetScaleTableSize(0);
  mapper->EmissiveOff();
  // Room for the smoothed edge of the smallest node.
  mapper->SetTriangleScale(2.0F);
  mapper->SetSplatShaderCode(
      "//VTK::Color::Impl\n"
      "float distance_from_center = length(offsetVCVSOutput.xy);\n"
      "float edge = fwidth(distance_from_center);\n"
      "float inside = 1.0 - smoothstep(1.0 - 0.5 * edge, 1.0 + 0.5 * edge, distance_from_center);\n"
      "if (inside <= 0.0) { discard; }\n"
      "opacity = opacity * inside;\n");
  vtkNew<vtkActor> actor;
  actor->SetMapper(mapper);
  actor->GetProperty()->LightingOff();
  add_actor(actor);
  disk_mappers_.push_back(mapper);
}

SceneActors::Implementation::Label SceneActors::Implementation::label(const Text& text) const {
  auto actor = vtkSmartPointer<vtkTextActor>::New();
  actor->SetInput(text.text.c_str());
  actor->PickableOff();
  vtkTextProperty* style = actor->GetTextProperty();
  const std::string font = picture_font_file(text.bold).toStdString();
  if (!font.empty()) {
    style->SetFontFamily(VTK_FONT_FILE);
    style->SetFontFile(font.c_str());
  }
  style->SetFontSize(std::max(4, static_cast<int>(std::lround(text.size * pixels_per_point_))));
  style->SetColor(text.color.red / 255.0, text.color.green / 255.0, text.color.blue / 255.0);
  style->SetJustificationToLeft();
  style->SetVerticalJustificationToBottom();
  int box[4] = {0, 0, 0, 0};
  vtkTextRenderer::GetInstance()->GetBoundingBox(style, vtkStdString(text.text), box, vtk_dpi);
  const double width = (box[1] - box[0] + 1) / pixels_per_point_;
  style->SetOrientation(text.upright ? 90.0 : 0.0);

  // VTK puts the lower left corner of the unturned line (descent included) at the position it is given.
  const FontProportions proportions;
  const double start = text.horizontal == Anchor::left ? 0.0 : (text.horizontal == Anchor::center ? 0.5 : 1.0);
  Point offset = text.offset;
  if (text.upright) {
    offset.x += (1.0 - start) * text.size;
    offset.y -= width * (text.vertical == VerticalAnchor::bottom   ? 0.0
                         : text.vertical == VerticalAnchor::middle ? 0.5
                                                                   : 1.0);
  } else {
    offset.x -= start * width;
    const double baseline = text.vertical == VerticalAnchor::top      ? -proportions.ascent
                            : text.vertical == VerticalAnchor::middle ? -proportions.middle
                                                                      : proportions.descent;
    offset.y += (baseline - proportions.descent) * text.size;
  }
  return {actor, transform_.to_page(text.position), offset};
}

void SceneActors::Implementation::add(const Text& text) {
  labels_.push_back(label(text));
  renderer_.AddViewProp(labels_.back().actor);
}

void SceneActors::Implementation::set_note(const std::string& words) {
  if (note_) renderer_.RemoveViewProp(note_);
  note_ = nullptr;
  if (words.empty() || !scene_) return;
  Text text;
  text.text = words;
  text.size = scene_->note_size;
  text.color = scene_->ink;
  text.horizontal = Anchor::right;
  text.vertical = VerticalAnchor::bottom;
  const Label made = label(text);
  note_ = made.actor;
  note_->SetDisplayPosition(static_cast<int>(std::lround((width_ - 2.0 + made.offset.x) * pixels_per_point_)),
                            static_cast<int>(std::lround((1.0 + made.offset.y) * pixels_per_point_)));
  renderer_.AddViewProp(note_);
}

void SceneActors::Implementation::set_view(const PageView& view) {
  // The camera magnifies both axes alike; what x has beyond that is a scale of the actors, which leaves widths of lines
  // and sizes of nodes as they are.
  const double stretch = view.zoom_x / view.zoom_y;
  for (const auto& actor : actors_) actor->SetScale(stretch, 1.0, 1.0);
  vtkCamera* camera = renderer_.GetActiveCamera();
  camera->ParallelProjectionOn();
  camera->SetFocalPoint(view.center.x * stretch, view.center.y, 0.0);
  camera->SetPosition(view.center.x * stretch, view.center.y, 1000.0);
  camera->SetViewUp(0.0, 1.0, 0.0);
  camera->SetParallelScale(0.5 * height_ / view.zoom_y);
  camera->SetClippingRange(1.0, 2000.0);
  if (pixels_for_ != view) {
    for (const PixelLayer& layer : pixel_layers_) show_pixels(layer, view);
    pixels_for_ = view;
  }
  // Nodes keep their size on the screen.
  for (const auto& mapper : disk_mappers_) mapper->SetScaleFactor(1.0 / view.zoom_y);
  for (const Label& label : labels_) {
    const double x = (label.page.x - view.center.x) * view.zoom_x + 0.5 * width_ + label.offset.x;
    const double y = (label.page.y - view.center.y) * view.zoom_y + 0.5 * height_ + label.offset.y;
    label.actor->SetDisplayPosition(static_cast<int>(std::lround(x * pixels_per_point_)),
                                    static_cast<int>(std::lround(y * pixels_per_point_)));
  }
}

void SceneActors::Implementation::limit_lines(std::size_t limit) {
  if (limit == line_limit_) return;
  line_limit_ = limit;
  for (LineSet& set : line_sets_) limit_lines(set);
  if (scene_) set_note(current_note());
}

std::size_t SceneActors::Implementation::line_count() const {
  std::size_t count = 0;
  for (const LineSet& set : line_sets_) count += set.lines->starts.size();
  return count;
}

std::string SceneActors::Implementation::current_note() const {
  for (const LineSet& set : line_sets_) {
    // Only lists of links are ever long enough to be limited.
    if (set.shown < set.lines->starts.size()) {
      return with_commas(set.shown) + " of " +
             with_commas(std::max<std::uint64_t>(scene_->link_count, set.lines->starts.size())) +
             " links drawn while moving";
    }
  }
  return scene_->note;
}

SceneActors::SceneActors(vtkRenderer& renderer) : implementation_(std::make_unique<Implementation>(renderer)) {}

SceneActors::~SceneActors() = default;

void SceneActors::set_scene(const ScenePointer& scene, double width_points, double height_points,
                            double pixels_per_point) {
  implementation_->set_scene(scene, width_points, height_points, pixels_per_point);
}

void SceneActors::set_view(const PageView& view) { implementation_->set_view(view); }

void SceneActors::limit_lines(std::size_t limit) { implementation_->limit_lines(limit); }

std::size_t SceneActors::line_count() const { return implementation_->line_count(); }

}  // namespace dnm
