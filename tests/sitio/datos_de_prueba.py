"""Las fichas de unos datos y un momento, sin construir el portal."""

import json
from datetime import datetime
from pathlib import Path

from funciones.adaptadores.horneado import Horneado
from generador.entradas import Entradas
from generador.fichas import Fichas
from generador.hornear import bytes_de, hornear
from generador.paquetes import leer


def fichas_de(datos: Path, ahora: datetime, historia: Path | None = None) -> Fichas:
    leidos = leer(datos)
    publicado = Horneado(json.loads(bytes_de(hornear(leidos, ahora))))
    return Fichas(leidos, publicado, ahora, Entradas(historia=historia, datos=datos))
