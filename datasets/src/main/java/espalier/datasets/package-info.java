/** Readers of the formats images come in, generated images, and downloads from publishers. */
package espalier.datasets;
