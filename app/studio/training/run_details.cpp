// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/training/run_details.h"

#include "app/studio/widgets/text.h"
#include "app/workspace/experiments/experiment_words.h"

namespace dnm {

QString details_html(const Experiment& experiment, const ExperimentRun* run) {
  QString name = to_qt(experiment.name).toHtmlEscaped();
  if (run && experiment.runs.size() > 1) name += ", " + Words::tr("seed %1").arg(run->seed);
  QString rows;
  for (const RunFact& fact : facts_of(experiment, run))
    rows += "<tr><td style='padding-right:10px; white-space:nowrap'>" + translated(fact.what).toHtmlEscaped() +
            "</td><td>" + translated(fact.value).toHtmlEscaped() + "</td></tr>";
  return "<b>" + name + "</b><table cellspacing='1'>" + rows + "</table>";
}

}  // namespace dnm
