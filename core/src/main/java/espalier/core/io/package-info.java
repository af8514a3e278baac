/**
 * What goes in and out. Files that hold models, architectures and results: strict codecs for JSON
 * and safetensors, and writing that leaves either the whole new file or the old one. Pictures:
 * their size, and how they become what a network takes in.
 */
package espalier.core.io;
