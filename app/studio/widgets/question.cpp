// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/question.h"

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

QMessageBox* show_text(QWidget* window, const char* id, const QString& title, const QString& text) {
  auto* box = new QMessageBox(QMessageBox::NoIcon, title, text, QMessageBox::Close, window);
  set_up(*box, id, title);
  box->open();
  return box;
}

}  // namespace dnm
