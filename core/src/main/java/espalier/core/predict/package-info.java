/**
 * Predictors of a network's quality from its features: methods of regression that learn from a few
 * trained networks. All compute in plain double arrays, the small networks among them too: a fit is
 * a value that any thread may use and nothing has to close, which a session on a backend is not.
 */
package espalier.core.predict;
