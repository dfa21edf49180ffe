// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/question.h"

#include <QDir>
#include <QFileInfo>
#include <QPushButton>
#include <utility>

namespace dnm {

namespace {

void set_up(QMessageBox& box, const char* id, const QString& title) {
  box.setObjectName(id);
  box.setAccessibleName(title);
  box.setAttribute(Qt::WA_DeleteOnClose);
}

}  // namespace

bool Question::is_open() const { return box_ && box_->isVisible(); }

void Question::ask(QWidget* window, const char* id, const QString& title, const QString& text,
                   std::vector<Answer> answers) {
  if (is_open()) return box_->raise();
  box_ = new QMessageBox(QMessageBox::Question, title, text, QMessageBox::NoButton, window);
  set_up(*box_, id, title);
  QPushButton* usual = nullptr;
  for (Answer& answer : answers) {
    QPushButton* button = box_->addButton(answer.text, answer.role);
    if (answer.is_default) usual = button;
    connect(button, &QPushButton::clicked, this, std::move(answer.then), Qt::QueuedConnection);
  }
  QPushButton* cancel = box_->addButton(QMessageBox::Cancel);
  box_->setDefaultButton(usual ? usual : cancel);
  box_->setEscapeButton(cancel);
  box_->open();
}

void Question::ask_to_replace(QWidget* window, const QString& path, const std::function<void()>& then) {
  const QFileInfo file(path);
  // A folder cannot be replaced; the attempt says so.
  if ((!file.exists() && !file.isSymLink()) || file.isDir()) return then();
  ask(window, "replace-question", tr("Replace the file?"),
      tr("“%1” is already in the folder %2. Replace it?")
          .arg(file.fileName(), QDir::toNativeSeparators(file.absolutePath())),
      {{tr("Replace"), QMessageBox::DestructiveRole, then}});
}

QMessageBox* show_text(QWidget* window, const char* id, const QString& title, const QString& text) {
  auto* box = new QMessageBox(QMessageBox::NoIcon, title, text, QMessageBox::Close, window);
  set_up(*box, id, title);
  box->open();
  return box;
}

}  // namespace dnm
