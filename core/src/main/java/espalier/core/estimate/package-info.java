/** How good an architecture is, found out by training it. */
package espalier.core.estimate;
