/**
 * Strategies that learn from outcomes alone. Each runs on any space that can do what its
 * constructor asks for, with any estimator; its settings are those of its source.
 */
package espalier.core.strategy;
