// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

namespace dnm {

/// Base class of every exception this project throws on purpose. `what()` is one sentence for a person: what happened
/// and what to do about it.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A value given by the user (a parameter, an option, a node pair) is outside what the method accepts.
class InvalidInput : public Error {
 public:
  using Error::Error;
};

/// A file or folder could not be read or written, or its content is not what its format promises.
class FileError : public Error {
 public:
  using Error::Error;
};

/// The machine lacks what this needs: memory, disk space, a device or a module.
class ResourceError : public Error {
 public:
  using Error::Error;
};

/// A numerical routine did not converge or returned no usable answer.
class NumericalError : public Error {
 public:
  using Error::Error;
};

/// The caller asked for a stop through the std::stop_token it passed in.
class Cancelled : public Error {
 public:
  Cancelled() : Error("stopped on request") {}
};

}  // namespace dnm
