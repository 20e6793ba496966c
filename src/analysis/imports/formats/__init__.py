"""The published formats, one module each. Imports `analysis.imports.reading`."""

from analysis.imports.formats import (
    economist_estimates,
    general_staff,
    hxl,
    iom_idp,
    meduza,
    ohchr,
    oryx_daily,
    ucdp_ged,
    un_roll_call,
    unhcr_countries,
    unhcr_series,
    world_bank_population,
    wpp_population,
)
from analysis.imports.reading.results import Importer

#: Name to importer, in alphabetical order.
FORMATS: dict[str, Importer] = {
    module.IMPORTER.name: module.IMPORTER
    for module in (
        economist_estimates,
        general_staff,
        hxl,
        iom_idp,
        meduza,
        ohchr,
        oryx_daily,
        ucdp_ged,
        un_roll_call,
        unhcr_countries,
        unhcr_series,
        world_bank_population,
        wpp_population,
    )
}
