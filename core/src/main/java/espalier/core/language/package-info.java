/** Word-level language modelling as a task: texts as words, windows of them, perplexity. */
package espalier.core.language;
