// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/screen/vtk_canvas.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QSurfaceFormat>
#include <algorithm>
#include <bit>
#include <cmath>
#include <string_view>

#include <vtkCallbackCommand.h>
#include <vtkCameraPass.h>
#include <vtkCullerCollection.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkOpaquePass.h>
#include <vtkOpenGLState.h>
#include <vtkOverlayPass.h>
#include <vtkRenderPassCollection.h>
#include <vtkRenderer.h>
#include <vtkRendererCollection.h>
#include <vtkSequencePass.h>
#include <vtkTranslucentPass.h>

#include "viz/screen/page_size.h"
#include "viz/screen/scene_actors.h"

namespace dnm {

namespace {

QSurfaceFormat surface_format() {
  QSurfaceFormat format;
  format.setRenderableType(QSurfaceFormat::OpenGL);
  format.setVersion(3, 2);
  format.setProfile(QSurfaceFormat::CoreProfile);
  // Else Qt asks for a forward-compatible context, in which no line may be wider than a pixel.
  format.setOption(QSurfaceFormat::DeprecatedFunctions);
  format.setAlphaBufferSize(8);
  format.setDepthBufferSize(0);
  format.setStencilBufferSize(0);
  format.setSamples(0);
  return format;
}

constexpr int smoothing_samples = 4;
constexpr std::size_t smoothed_lines = 8000;  // at most, on software OpenGL

}  // namespace

bool has_opengl() {
  static const bool found = [] {
    // These platforms may find OpenGL on a display beside them, but have no windows for it: Qt would end the program.
    const QString platform = QGuiApplication::platformName();
    if (platform == "offscreen" || platform.startsWith("minimal") || platform == "vnc") return false;
    QOpenGLContext context;
    context.setFormat(surface_format());
    if (!context.create()) return false;
    QOffscreenSurface surface;
    surface.setFormat(context.format());
    surface.create();
    if (!surface.isValid() || !context.makeCurrent(&surface)) return false;
    const auto version = context.format().version();
    context.doneCurrent();
    return version >= qMakePair(3, 2);
  }();
  return found;
}

class VtkCanvas::Implementation {
 public:
  explicit Implementation(VtkCanvas& canvas) : canvas_(canvas), actors_(*renderer_) {
    // Painter's order: no depth test sorts what lies in one plane, and translucent parts blend in the order in which
    // they were added.
    vtkNew<vtkRenderPassCollection> order;
    order->AddItem(vtkNew<vtkOpaquePass>());  // nothing is drawn in it, but texts make their images there
    order->AddItem(vtkNew<vtkTranslucentPass>());
    order->AddItem(vtkNew<vtkOverlayPass>());
    vtkNew<vtkSequencePass> sequence;
    sequence->SetPasses(order);
    vtkNew<vtkCameraPass> camera;
    camera->SetDelegatePass(sequence);
    renderer_->SetPass(camera);
    renderer_->GetCullers()->RemoveAllItems();

    window_->SetReadyForRendering(false);
    window_->SetOwnContext(0);
    window_->SetFrameBlitModeToBlitToCurrent();
    window_->SetMultiSamples(smoothing_samples);
    window_->SetDPI(72);
    window_->AddRenderer(renderer_);

    make_current_->SetClientData(&canvas_);
    make_current_->SetCallback([](vtkObject*, unsigned long, void* client, void*) {
      // Only when it is another one: Qt's call also binds the widget's framebuffer, and VTK asks while drawing into its
      // own.
      auto* widget = static_cast<VtkCanvas*>(client);
      if (QOpenGLContext::currentContext() != widget->context()) widget->makeCurrent();
    });
    window_->AddObserver(vtkCommand::WindowMakeCurrentEvent, make_current_);
    is_current_->SetClientData(&canvas_);
    is_current_->SetCallback([](vtkObject*, unsigned long, void* client, void* answer) {
      const auto* widget = static_cast<VtkCanvas*>(client);
      *static_cast<bool*>(answer) =
          widget->context() != nullptr && QOpenGLContext::currentContext() == widget->context();
    });
    window_->AddObserver(vtkCommand::WindowIsCurrentEvent, is_current_);
  }

  ~Implementation() {
    QObject::disconnect(context_connection_);
    release();
    window_->RemoveObserver(make_current_);
    window_->RemoveObserver(is_current_);
  }

  void start() {
    // The widget gets another context when it moves to another window: resources go with the old one.
    QObject::disconnect(context_connection_);
    context_connection_ =
        QObject::connect(canvas_.context(), &QOpenGLContext::aboutToBeDestroyed, &canvas_, [this] { release(); });
    window_->SetReadyForRendering(true);
    window_->SetMapped(1);
    window_->OpenGLInit();
    const auto* name = canvas_.context()->functions()->glGetString(GL_RENDERER);
    const std::string_view renderer = name == nullptr ? "" : std::bit_cast<const char*>(name);
    is_software_ = renderer.find("llvmpipe") != renderer.npos || renderer.find("softpipe") != renderer.npos;
    is_ready_ = true;
  }

  void resize() {
    const double ratio = canvas_.devicePixelRatioF();
    window_->SetSize(std::max(1, static_cast<int>(std::lround(canvas_.width() * ratio))),
                     std::max(1, static_cast<int>(std::lround(canvas_.height() * ratio))));
    is_uploaded_ = false;
  }

  void paint() {
    QElapsedTimer clock;
    clock.start();
    const PageSize page = page_size(canvas_);
    if (!is_uploaded_) {
      actors_.set_scene(scene_, page.width, page.height, page.pixels_per_point);
      is_uploaded_ = true;
    }
    actors_.limit_lines(line_limit_);
    // Smoothing makes software OpenGL two to three times slower.
    const bool smooth = !is_software_ || (!is_moving_ && actors_.line_count() <= smoothed_lines);
    window_->SetMultiSamples(smooth ? smoothing_samples : 0);
    actors_.set_view(view_);

    vtkOpenGLState* state = window_->GetState();
    state->Reset();
    state->Push();
    state->ResetFramebufferBindings();
    state->vtkglDepthFunc(GL_LEQUAL);
    window_->Render();
    // The window would shine through wherever something translucent was drawn.
    QOpenGLFunctions* functions = canvas_.context()->functions();
    functions->glBindFramebuffer(GL_FRAMEBUFFER, canvas_.defaultFramebufferObject());
    functions->glDisable(GL_SCISSOR_TEST);
    functions->glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_TRUE);
    functions->glClearColor(0.0F, 0.0F, 0.0F, 1.0F);
    functions->glClear(GL_COLOR_BUFFER_BIT);
    functions->glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    state->Pop();
    // Without it the time would be that of handing over the orders, not of drawing.
    functions->glFinish();
    paint_time_ = static_cast<double>(clock.nsecsElapsed()) * 1e-6;
  }

  ScenePointer scene_;
  PageView view_;
  std::size_t line_limit_ = 0;
  bool is_uploaded_ = false;
  bool is_ready_ = false;
  bool is_moving_ = false;
  double paint_time_ = 0.0;

 private:
  void release() {
    if (!is_ready_) return;
    is_ready_ = false;
    is_uploaded_ = false;
    canvas_.makeCurrent();
    window_->Finalize();
    window_->SetReadyForRendering(false);
    canvas_.doneCurrent();
  }

  VtkCanvas& canvas_;
  bool is_software_ = false;
  vtkNew<vtkRenderer> renderer_;
  vtkNew<vtkGenericOpenGLRenderWindow> window_;
  vtkNew<vtkCallbackCommand> make_current_;
  vtkNew<vtkCallbackCommand> is_current_;
  SceneActors actors_;
  QMetaObject::Connection context_connection_;
};

VtkCanvas::VtkCanvas(QWidget* parent) : QOpenGLWidget(parent) {
  setFormat(surface_format());
  setMouseTracking(true);
  implementation_ = std::make_unique<Implementation>(*this);
}

VtkCanvas::~VtkCanvas() { implementation_.reset(); }

void VtkCanvas::set_scene(const ScenePointer& scene) {
  implementation_->scene_ = scene;
  implementation_->is_uploaded_ = false;
  update();
}

void VtkCanvas::set_view(const PageView& view) {
  implementation_->view_ = view;
  update();
}

void VtkCanvas::set_motion(bool moving, std::size_t limit) {
  if (implementation_->is_moving_ == moving && implementation_->line_limit_ == limit) return;
  implementation_->is_moving_ = moving;
  implementation_->line_limit_ = limit;
  update();
}

double VtkCanvas::last_paint_time() const { return implementation_->paint_time_; }

void VtkCanvas::initializeGL() { implementation_->start(); }

void VtkCanvas::resizeGL(int /*width*/, int /*height*/) { implementation_->resize(); }

void VtkCanvas::paintGL() {
  if (!implementation_->is_ready_) return;
  implementation_->paint();
  if (painted) painted();
}

}  // namespace dnm
