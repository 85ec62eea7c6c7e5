/// Files and folders: written in one step, deleted whole, and digests of texts.
package dev.pollard.files;
