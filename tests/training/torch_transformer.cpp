// SPDX-License-Identifier: GPL-3.0-or-later
#include "torch_transformer.h"

#include <cmath>
#include <limits>
#include <map>

#include <torch/optim/adam.h>
#include <torch/types.h>
#include <torch/utils.h>

namespace samples {
namespace {

std::vector<double> doubles(const torch::Tensor& tensor) {
  const torch::Tensor flat = tensor.detach().to(torch::kDouble).contiguous().view({-1});
  return {flat.data_ptr<double>(), flat.data_ptr<double>() + flat.numel()};
}

torch::Tensor numbers(const std::vector<std::uint32_t>& pieces, std::size_t rows) {
  const std::vector<std::int64_t> wide(pieces.begin(), pieces.end());
  return torch::tensor(wide, torch::kLong).view({static_cast<std::int64_t>(rows), -1});
}

}  // namespace

struct TorchTransformer::Self {
  const dnm::TransformerShape shape;
  torch::ScalarType type;
  std::vector<std::string> order{};
  std::map<std::string, torch::Tensor> parameters{};  ///< dense leaves
  std::map<std::string, torch::Tensor> cells{};       ///< flat cells of the links of a masked weight
  std::map<std::string, torch::Tensor> masks{};       ///< of those that are not full
  std::unique_ptr<torch::optim::Adam> optimiser{};
  torch::Tensor last_scores{};
  double dropout = 0.0;

  [[nodiscard]] const torch::Tensor& of(const std::string& name) const { return parameters.at(name); }
  [[nodiscard]] torch::Tensor drop(const torch::Tensor& x) const {
    return dropout > 0.0 ? torch::dropout(x, dropout, true) : x;
  }
  [[nodiscard]] torch::Tensor linear(const torch::Tensor& x, const std::string& name) const {
    return torch::linear(x, of(name + ".weight"), of(name + ".bias"));
  }
  [[nodiscard]] torch::Tensor norm(const torch::Tensor& x, const std::string& name) const {
    return torch::layer_norm(x, {x.size(-1)}, of(name + ".norm.weight"), of(name + ".norm.bias"), 1e-6);
  }
  [[nodiscard]] torch::Tensor embed(const torch::Tensor& pieces, const std::string& side) const {
    const auto width = static_cast<std::int64_t>(shape.width);
    const torch::Tensor table = of(shape.tied ? "embedding.weight" : side + ".embedding.weight");
    const torch::Tensor place = torch::arange(pieces.size(1), torch::kDouble).unsqueeze(1);
    const torch::Tensor slow =
        torch::pow(10000.0, -torch::arange(0, width, 2, torch::kDouble) / static_cast<double>(width));
    torch::Tensor positions = torch::zeros({pieces.size(1), width}, torch::kDouble);
    using torch::indexing::None;
    using torch::indexing::Slice;
    positions.index_put_({Slice(), Slice(0, None, 2)}, torch::sin(place * slow));
    positions.index_put_({Slice(), Slice(1, None, 2)}, torch::cos(place * slow));
    return drop(torch::embedding(table, pieces) * std::sqrt(static_cast<double>(width)) + positions.to(type));
  }
  [[nodiscard]] torch::Tensor attention(const torch::Tensor& x, const torch::Tensor& memory,
                                        const torch::Tensor& hidden, const std::string& name) const {
    const std::int64_t sentences = x.size(0);
    const auto heads = static_cast<std::int64_t>(shape.heads);
    const auto split = [&](const torch::Tensor& y) {
      return y.view({sentences, y.size(1), heads, -1}).transpose(1, 2);
    };
    const torch::Tensor query = split(linear(x, name + ".q"));
    const torch::Tensor key = split(linear(memory, name + ".k"));
    const torch::Tensor value = split(linear(memory, name + ".v"));
    torch::Tensor score = query.matmul(key.transpose(2, 3)) / std::sqrt(static_cast<double>(query.size(3)));
    score = score.masked_fill(hidden, -std::numeric_limits<double>::infinity());
    const torch::Tensor seen = drop(torch::softmax(score, -1)).matmul(value);
    return linear(seen.transpose(1, 2).reshape({sentences, x.size(1), -1}), name + ".o");
  }
  [[nodiscard]] torch::Tensor feed_forward(const torch::Tensor& x, const std::string& name) const {
    return x + drop(linear(drop(torch::relu(linear(norm(x, name), name + ".w1"))), name + ".w2"));
  }
  [[nodiscard]] torch::Tensor decode(const dnm::SentenceBatch& batch) const {
    const torch::Tensor source = numbers(batch.source, batch.sentences);
    const torch::Tensor target = numbers(batch.target_input, batch.sentences);
    const torch::Tensor padding = source.eq(0).unsqueeze(1).unsqueeze(1);
    const torch::Tensor future =
        torch::ones({target.size(1), target.size(1)}, torch::kBool).triu(1).unsqueeze(0).unsqueeze(0);
    torch::Tensor x = embed(source, "source");
    for (std::size_t block = 1; block <= shape.blocks; ++block) {
      const std::string name = "encoder" + std::to_string(block);
      const torch::Tensor n = norm(x, name + ".self");
      x = feed_forward(x + drop(attention(n, n, padding, name + ".self")), name + ".ffn");
    }
    const torch::Tensor memory = norm(x, "encoder");
    x = embed(target, "target");
    for (std::size_t block = 1; block <= shape.blocks; ++block) {
      const std::string name = "decoder" + std::to_string(block);
      const torch::Tensor n = norm(x, name + ".self");
      x = x + drop(attention(n, n, future, name + ".self"));
      x = x + drop(attention(norm(x, name + ".context"), memory, padding, name + ".context"));
      x = feed_forward(x, name + ".ffn");
    }
    return norm(x, "decoder");
  }
  [[nodiscard]] std::vector<NamedValues> at_links(bool gradient) const {
    std::vector<NamedValues> made;
    for (const std::string& name : order) {
      torch::Tensor flat = (gradient ? of(name).grad() : of(name)).reshape({-1});
      if (cells.count(name) > 0) flat = flat.index_select(0, cells.at(name));
      made.push_back({name, doubles(flat)});
    }
    return made;
  }
};

TorchTransformer::TorchTransformer(const dnm::Topology& topology, const dnm::ModelState& state,
                                   const dnm::TransformerShape& shape, Precision precision)
    : self_(new Self{shape, precision == Precision::single ? torch::kFloat : torch::kDouble}) {
  const auto width = static_cast<std::int64_t>(shape.width);
  std::vector<torch::Tensor> leaves;
  for (const dnm::ParameterState& parameter : state) {
    torch::Tensor values = torch::tensor(parameter.values, torch::kFloat).to(self_->type);
    const bool table = parameter.name == "generator.weight" || parameter.name.find("embedding") != std::string::npos;
    if (table) values = values.view({-1, width}).clone();
    for (const dnm::NamedMask& layer : topology.layers) {
      if (parameter.name != layer.name + ".weight") continue;
      std::vector<std::int64_t> flat;
      for (dnm::NodeIndex output = 0; output < layer.mask.n_out; ++output) {
        for (const dnm::NodeIndex input : layer.mask.row(output)) {
          flat.push_back(std::int64_t{output} * layer.mask.n_in + input);
        }
      }
      const std::int64_t size = std::int64_t{layer.mask.n_out} * layer.mask.n_in;
      const torch::Tensor cells = torch::tensor(flat, torch::kLong);
      const auto dense = [&](const torch::Tensor& links) {
        return torch::zeros({size}, self_->type).index_copy(0, cells, links).view({layer.mask.n_out, layer.mask.n_in});
      };
      self_->cells[parameter.name] = cells;
      if (static_cast<std::int64_t>(flat.size()) != size)
        self_->masks[parameter.name] = dense(torch::ones_like(values));
      values = dense(values);
    }
    self_->order.push_back(parameter.name);
    self_->parameters[parameter.name] = values.detach().clone().requires_grad_();
    leaves.push_back(self_->parameters[parameter.name]);
  }
  auto options = torch::optim::AdamOptions(0.0);
  options.betas({0.9, 0.998}).eps(1e-9);
  self_->optimiser = std::make_unique<torch::optim::Adam>(leaves, options);
}

TorchTransformer::~TorchTransformer() = default;

void set_torch_threads(unsigned threads) { torch::set_num_threads(static_cast<int>(threads)); }

double TorchTransformer::backward(const dnm::SentenceBatch& batch, double smoothing, double dropout) {
  self_->optimiser->zero_grad();
  self_->dropout = dropout;
  const torch::Tensor output = self_->decode(batch);
  const torch::Tensor answers = numbers(batch.target_output, batch.sentences).view({-1});
  const torch::Tensor asked = answers.ne(0).nonzero().view({-1});
  const torch::Tensor goal = answers.index_select(0, asked);
  const torch::Tensor rows = output.reshape({-1, output.size(2)}).index_select(0, asked);
  const torch::Tensor table = self_->of(self_->shape.tied ? "embedding.weight" : "generator.weight");
  self_->last_scores = torch::linear(rows, table, self_->of("generator.bias"));
  const torch::Tensor logs = torch::log_softmax(self_->last_scores, 1);
  const torch::Tensor own = logs.gather(1, goal.unsqueeze(1)).sum();
  torch::Tensor loss = -own;
  if (smoothing > 0.0) {
    const double other = smoothing / static_cast<double>(logs.size(1) - 2);
    loss = -(1.0 - smoothing) * own - other * (logs.sum() - own - logs.select(1, 0).sum());
  }
  (loss / static_cast<double>(goal.size(0))).backward();
  for (const auto& [name, mask] : self_->masks) self_->parameters[name].mutable_grad().mul_(mask);
  return loss.item<double>();
}

std::vector<NamedValues> TorchTransformer::gradients() const { return self_->at_links(true); }
std::vector<NamedValues> TorchTransformer::values() const { return self_->at_links(false); }
std::vector<double> TorchTransformer::scores() const { return doubles(self_->last_scores); }

void TorchTransformer::adam(double rate) {
  for (auto& group : self_->optimiser->param_groups()) {
    static_cast<torch::optim::AdamOptions&>(group.options()).lr(rate);
  }
  self_->optimiser->step();
}

}  // namespace samples
