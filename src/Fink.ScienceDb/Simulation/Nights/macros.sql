-- What both surveys draw from. Every value is a function of a key (an alert's or an object's number) and a word, so that
-- the same arguments give the same night, on one thread or several, in one file or many.

-- Uniform in [0, 1): the upper 53 bits of a 64-bit hash. Hashed twice: of two arguments DuckDB only combines the hashes by an
-- exclusive or, which leaves the draws of one key for two words dependent on each other.
CREATE MACRO draw(key, word) AS CAST(hash(hash(CAST(key AS BIGINT), word)) >> 11 AS DOUBLE) * 1.1102230246251565e-16;

-- Uniform between two bounds: a DOUBLE with seven decimals, a FLOAT, a whole number (both bounds in).
CREATE MACRO wide(key, word, low, high) AS round(low + (high - low) * draw(key, word), 7);
CREATE MACRO single(key, word, low, high) AS CAST(low + (high - low) * draw(key, word) AS FLOAT);
CREATE MACRO whole(key, word, low, high) AS CAST(floor(low + (high - low + 1) * draw(key, word)) AS BIGINT);

-- Normal with mean 0 and deviation 1, by Box and Muller.
CREATE MACRO bell(key, word) AS sqrt(-2 * ln(1 - draw(key, word))) * cos(2 * pi() * draw(key, word || '~'));

-- The features of a light curve; with fewer than three points most of them are not numbers.
CREATE MACRO features(key, band, level, points) AS struct_pack(
    mean := CAST(level AS DOUBLE),
    weighted_mean := level + 0.02 * bell(key, band || 'wmean'),
    standard_deviation := CASE WHEN points > 2 THEN wide(key, band || 'std', 0.01, 0.9) ELSE CAST('nan' AS DOUBLE) END,
    median := level + 0.01 * bell(key, band || 'median'),
    amplitude := wide(key, band || 'amplitude', 0, 1.5),
    beyond_1_std := CASE WHEN points > 2 THEN wide(key, band || 'beyond', 0, 0.6) ELSE CAST('nan' AS DOUBLE) END,
    cusum := CASE WHEN points > 2 THEN wide(key, band || 'cusum', 0, 0.5) ELSE CAST('nan' AS DOUBLE) END,
    inter_percentile_range_10 := wide(key, band || 'range', 0, 1.2),
    kurtosis := CASE WHEN points > 3 THEN bell(key, band || 'kurtosis') ELSE CAST('nan' AS DOUBLE) END,
    linear_trend := CASE WHEN points > 2 THEN 0.05 * bell(key, band || 'trend') ELSE CAST('nan' AS DOUBLE) END,
    linear_trend_sigma := CASE WHEN points > 2 THEN wide(key, band || 'trend s', 0, 0.02) ELSE CAST('nan' AS DOUBLE) END,
    linear_trend_noise := CASE WHEN points > 2 THEN wide(key, band || 'trend n', 0, 0.2) ELSE CAST('nan' AS DOUBLE) END,
    linear_fit_slope := CASE WHEN points > 2 THEN 0.05 * bell(key, band || 'slope') ELSE CAST('nan' AS DOUBLE) END,
    linear_fit_slope_sigma := CASE WHEN points > 2 THEN wide(key, band || 'slope s', 0, 0.04) ELSE CAST('nan' AS DOUBLE) END,
    linear_fit_reduced_chi2 := CASE WHEN points > 2 THEN wide(key, band || 'fit', 0, 8) ELSE CAST('nan' AS DOUBLE) END,
    magnitude_percentage_ratio_40_5 := wide(key, band || '40', 0, 1),
    magnitude_percentage_ratio_20_10 := wide(key, band || '20', 0, 1),
    maximum_slope := CASE WHEN points > 1 THEN wide(key, band || 'max slope', 0, 3) ELSE CAST('nan' AS DOUBLE) END,
    median_absolute_deviation := wide(key, band || 'mad', 0, 0.5),
    median_buffer_range_percentage_10 := wide(key, band || 'buffer', 0, 0.4),
    percent_amplitude := wide(key, band || 'percent', 0, 0.9),
    mean_variance := CASE WHEN points > 2 THEN wide(key, band || 'variance', 0, 0.05) ELSE CAST('nan' AS DOUBLE) END,
    anderson_darling_normal := CASE WHEN points > 3 THEN wide(key, band || 'ad', 0, 1) ELSE CAST('nan' AS DOUBLE) END,
    chi2 := CASE WHEN points > 2 THEN wide(key, band || 'chi2', 0, 40) ELSE CAST('nan' AS DOUBLE) END,
    skew := CASE WHEN points > 2 THEN bell(key, band || 'skew') ELSE CAST('nan' AS DOUBLE) END,
    stetson_K := CASE WHEN points > 1 THEN wide(key, band || 'stetson', 0.6, 1) ELSE CAST('nan' AS DOUBLE) END);

-- Letters from a number: the tail of an object's name.
CREATE MACRO letters(number, count) AS
    array_to_string([chr(CAST(97 + (number // CAST(26 ** (count - p) AS BIGINT)) % 26 AS INTEGER)) FOR p IN range(1, count + 1)], '');

-- Whether an epoch of an object's past was a detection, not just an upper limit.
CREATE MACRO seen(object, epoch) AS draw(-object * 64 - epoch, 'seen') < 0.55;

-- Whether an object was seen in a band: in that of the alert always, in others when it has a past.
CREATE MACRO seen_in(object, band, past, alert_band) AS band = alert_band OR (past > 2 AND draw(object, 'seen in ' || band) < 0.5);
