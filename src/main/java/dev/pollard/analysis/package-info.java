/// What passes need to know of a function: control flow, where pointers point, what touches memory.
package dev.pollard.analysis;
