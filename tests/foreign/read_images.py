#!/usr/bin/python3
"""FITS files as astropy reads them and PNG files as Pillow does: JSON, one object by file name.

FITS: width, height, unit, pixels (the file's first row first; null where there is no number), low, high (percentiles
0.5 and 99.8 of the finite ones). PNG: width, height, grey (the top row first; null where transparent).
"""
import json
import math
import os
import sys
import warnings

import numpy
from astropy.io import fits
from PIL import Image

warnings.simplefilter("ignore")  # ZTF writes SIMPLE in another column than the standard wants


def finite(values):
    return [float(v) if math.isfinite(v) else None for v in values]


def read_fits(path):
    with fits.open(path) as hdus:
        data = numpy.asarray(hdus[0].data, dtype="float64")
        known = data[numpy.isfinite(data)]
        low, high = numpy.percentile(known, [0.5, 99.8]) if known.size else (None, None)
        return {
            "width": data.shape[1], "height": data.shape[0], "unit": hdus[0].header.get("BUNIT"),
            "pixels": finite(data.ravel()), "low": low, "high": high,
        }


def read_png(path):
    with Image.open(path) as image:
        image.load()
        pixels = image.convert("RGBA").getdata()
        assert all(r == g == b for r, g, b, _ in pixels), "not grey"
        return {"width": image.width, "height": image.height, "grey": [p[0] if p[3] == 255 else None for p in pixels]}


folder = sys.argv[1]
read = {".fits": read_fits, ".gz": read_fits, ".png": read_png}
json.dump({name: read[os.path.splitext(name)[1]](os.path.join(folder, name)) for name in sorted(os.listdir(folder))}, sys.stdout)
