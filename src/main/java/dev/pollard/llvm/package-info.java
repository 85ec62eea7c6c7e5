/// The owner ring over rustc's own libLLVM: owners are `AutoCloseable`, borrowed values are records
/// that hold their owner. Only this package sees `dev.pollard.llvm.capi`.
package dev.pollard.llvm;
