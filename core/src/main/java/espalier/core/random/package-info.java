/** Randomness that is a function of its name: no generator here has a state. */
package espalier.core.random;
