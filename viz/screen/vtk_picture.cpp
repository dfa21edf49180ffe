// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/screen/vtk_picture.h"

#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QWidget>
#include <utility>

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

#include "viz/screen/opengl.h"
#include "viz/screen/page_size.h"
#include "viz/screen/scene_actors.h"

namespace dnm {

namespace {

constexpr int smoothing_samples = 4;
constexpr std::size_t smoothed_lines = 8000;  // at most, on software OpenGL

}  // namespace

class VtkPicture::Implementation {
 public:
  Implementation(const QWidget& page, PictureContext context)
      : page_(page), context_(std::move(context)), actors_(*renderer_) {
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

    make_current_->SetClientData(&context_);
    make_current_->SetCallback([](vtkObject*, unsigned long, void* client, void*) {
      // Only when it is another one: Qt's call also binds a widget's framebuffer, and VTK asks while drawing into its
      // own.
      const auto* drawn_in = static_cast<PictureContext*>(client);
      if (QOpenGLContext::currentContext() != drawn_in->get()) drawn_in->make_current();
    });
    window_->AddObserver(vtkCommand::WindowMakeCurrentEvent, make_current_);
    is_current_->SetClientData(&context_);
    is_current_->SetCallback([](vtkObject*, unsigned long, void* client, void* answer) {
      const QOpenGLContext* drawn_in = static_cast<PictureContext*>(client)->get();
      *static_cast<bool*>(answer) = drawn_in != nullptr && QOpenGLContext::currentContext() == drawn_in;
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
    QObject::disconnect(context_connection_);
    context_connection_ =
        QObject::connect(context_.get(), &QOpenGLContext::aboutToBeDestroyed, context_.get(), [this] { release(); });
    window_->SetReadyForRendering(true);
    window_->SetMapped(1);
    window_->OpenGLInit();
    is_started_ = true;
  }

  void resize() {
    const QSize size = size_in_pixels(page_);
    window_->SetSize(size.width(), size.height());
    is_uploaded_ = false;
  }

  void paint(unsigned framebuffer) {
    const PageSize page = page_size(page_);
    if (!is_uploaded_) {
      actors_.set_scene(scene_, page.width, page.height, page.pixels_per_point);
      is_uploaded_ = true;
    }
    actors_.limit_lines(line_limit_);
    // Smoothing makes software OpenGL two to three times slower.
    const bool smooth =
        available_opengl() != OpenGl::software || (!is_moving_ && actors_.line_count() <= smoothed_lines);
    window_->SetMultiSamples(smooth ? smoothing_samples : 0);
    actors_.set_view(view_);

    vtkOpenGLState* state = window_->GetState();
    state->Reset();
    state->Push();
    state->ResetFramebufferBindings();
    state->vtkglDepthFunc(GL_LEQUAL);
    window_->Render();
    // The window would shine through wherever something translucent was drawn.
    QOpenGLFunctions* functions = context_.get()->functions();
    functions->glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    functions->glDisable(GL_SCISSOR_TEST);
    functions->glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_TRUE);
    functions->glClearColor(0.0F, 0.0F, 0.0F, 1.0F);
    functions->glClear(GL_COLOR_BUFFER_BIT);
    functions->glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    state->Pop();
    // Without it the time of a paint would be that of handing over the orders, not of drawing.
    functions->glFinish();
  }

  ScenePointer scene_;
  PageView view_;
  std::size_t line_limit_ = 0;
  bool is_uploaded_ = false;
  bool is_started_ = false;
  bool is_moving_ = false;

 private:
  void release() {
    if (!is_started_) return;
    is_started_ = false;
    is_uploaded_ = false;
    context_.make_current();
    window_->Finalize();
    window_->SetReadyForRendering(false);
    context_.done_current();
  }

  const QWidget& page_;
  PictureContext context_;
  vtkNew<vtkRenderer> renderer_;
  vtkNew<vtkGenericOpenGLRenderWindow> window_;
  vtkNew<vtkCallbackCommand> make_current_;
  vtkNew<vtkCallbackCommand> is_current_;
  SceneActors actors_;
  QMetaObject::Connection context_connection_;
};

VtkPicture::VtkPicture(const QWidget& page, PictureContext context)
    : implementation_(std::make_unique<Implementation>(page, std::move(context))) {}

VtkPicture::~VtkPicture() = default;

void VtkPicture::start() { implementation_->start(); }

bool VtkPicture::is_started() const { return implementation_->is_started_; }

void VtkPicture::resize() { implementation_->resize(); }

void VtkPicture::set_scene(const ScenePointer& scene) {
  implementation_->scene_ = scene;
  implementation_->is_uploaded_ = false;
}

void VtkPicture::set_view(const PageView& view) { implementation_->view_ = view; }

bool VtkPicture::set_motion(bool moving, std::size_t limit) {
  if (implementation_->is_moving_ == moving && implementation_->line_limit_ == limit) return false;
  implementation_->is_moving_ = moving;
  implementation_->line_limit_ = limit;
  return true;
}

void VtkPicture::paint(unsigned framebuffer) { implementation_->paint(framebuffer); }

}  // namespace dnm
