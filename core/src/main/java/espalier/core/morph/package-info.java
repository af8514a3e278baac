/**
 * Network morphisms: networks that grow while they compute the same function [Chen, Goodfellow,
 * Shlens 2016], and the hill climbing on them [Elsken, Metzen, Hutter 2017].
 */
package espalier.core.morph;
