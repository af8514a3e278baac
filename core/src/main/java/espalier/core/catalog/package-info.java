/** Search spaces of the literature that are composed of choices, and what they pick. */
package espalier.core.catalog;
