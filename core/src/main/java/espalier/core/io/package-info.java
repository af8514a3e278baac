/**
 * Files that hold models, architectures and results: strict codecs for JSON and safetensors, and
 * writing that leaves either the whole new file or the old one.
 */
package espalier.core.io;
