"""Resuelve los casos de ejemplo con las mismas reglas que se aplican a quien postula, y dice cuáles faltan."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from funciones.adaptadores.casos import NINGUNA, NO_RIGE, hallar
from funciones.adaptadores.horneado import Horneado
from funciones.dominio.admisibilidad import Reglamento, Resultado
from generador import semantica_matriz
from generador.hornear import hornear
from generador.paquetes import Paquetes
from generador.problemas import Problema
from generador.sugerencias import parecido
from generador.vista import Renglon, Vista

# De estas tablas salen las reglas; si alguna tiene errores de forma, los casos se resuelven cuando se corrijan.
DE_LAS_REGLAS = ("parametros", "uf", "secciones", "secciones_excepciones", "actividades", "comunas", "matriz")
# Lo que estrecha → qué regla lo mira. Las dos de territorio se ven con un mismo caso.
TERRITORIO = ("comunas_admitidas", "regiones_admitidas")
REGLA_DE = {
    "actividades_admitidas": "sector",
    "giro": "sector",
    "ventas_minimas_uf": "ventas",
    "ventas_maximas_uf": "ventas",
    "antiguedad_minima_anios": "antiguedad",
    "antiguedad_maxima_anios": "antiguedad",
    "perfil": "perfil",
}

NO_CUMPLE = str(Resultado.NO_CUMPLE)


def codigos(vista: Vista) -> Iterator[Problema]:
    """Los códigos de actividad de un caso existen."""
    existentes = vista.textos("parametros", "actividades", "codigo")
    for fila in vista.filas("convocatorias", "casos"):
        otras = (fila["otras_actividades"] or NINGUNA).replace(NINGUNA, "")
        for columna, escritos in (("actividad", fila["actividad"] or ""), ("otras_actividades", otras)):
            for codigo in filter(None, escritos.split("|")):
                if codigo not in existentes:
                    cerca = parecido(codigo, existentes)
                    como = f"escribe «{cerca}» o corrige el código" if cerca else "corrige el código"
                    yield fila.mal(columna, f"«{codigo}» no existe en parametros/actividades.csv", como)


def casos(vista: Vista) -> Iterator[Problema]:
    """Cada caso se responde como dice, y cada cosa que estrecha tiene un caso que la muestra."""
    if not all(vista.completa("parametros", t) for t in DE_LAS_REGLAS) or any(semantica_matriz.completa(vista)):
        return
    reglas = _Reglas(vista)
    por_convocatoria = vista.grupos("convocatorias", "casos", "convocatoria")
    for fila in vista.filas("convocatorias", "convocatorias"):
        reglamento = reglas.de(fila["id"])
        propios = por_convocatoria.get(fila["id"], [])
        if reglamento is None or not reglas.comunas_conocidas(propios):
            continue
        for caso in propios:
            yield from _resolver(caso, reglamento, reglas)
        if vista.completa("convocatorias", "casos"):
            yield from _sin_caso(fila, propios, reglamento, reglas)


class _Reglas:
    """Las reglas tal como quedarían horneadas con las filas sanas."""

    def __init__(self, vista: Vista) -> None:
        filas: dict[str, dict[str, list[Any]]] = {}
        for paquete, tabla in vista.sanas:
            filas.setdefault(paquete, {})[tabla] = [r.valores for r in vista.filas(paquete, tabla)]
        bases = {str(f["id"]): "" for f in filas["convocatorias"]["convocatorias"]}
        crudo = hornear(Paquetes(filas, bases, vista.esquemas, {}), datetime.min.replace(tzinfo=UTC))
        self.publicado = Horneado(crudo)

    def de(self, id_convocatoria: str) -> Reglamento | None:
        """El reglamento, o None si ese día no rige algún número: eso ya se dice en otra parte."""
        convocatoria = self.publicado.convocatoria(id_convocatoria)
        try:
            return self.publicado.reglamento(convocatoria) if convocatoria else None
        except (KeyError, ArithmeticError, ValueError):
            return None

    def comunas_conocidas(self, propios: list[Renglon]) -> bool:
        return all(c["comuna"] is None or c["comuna"] in self.publicado.comunas for c in propios)

    def responde(self, caso: Renglon, reglamento: Reglamento) -> tuple[str, str]:
        """El resultado y lo que se vio, en palabras cortas."""
        hallazgo = hallar(caso.valores, reglamento, self.publicado.comunas)
        return (NO_RIGE, "") if hallazgo is None else (str(hallazgo.resultado), hallazgo.declarado)

    def sin(self, columna: str, reglamento: Reglamento) -> Reglamento:
        """El mismo reglamento como sería si la convocatoria no llenara esa columna."""
        del_programa: Mapping[str, Any] = {
            "ventas_minimas_uf": Decimal(self.publicado.parametro("ventas_minimas_uf", reglamento.publicacion)),
            "ventas_maximas_uf": Decimal(self.publicado.parametro("ventas_maximas_uf", reglamento.publicacion)),
            "giro": "alguno",
            "actividades_admitidas": frozenset(),
            "antiguedad_minima_anios": None,
            "antiguedad_maxima_anios": None,
            "perfil": "",
        }
        return replace(reglamento, **{columna: del_programa[columna]})


def _resolver(caso: Renglon, reglamento: Reglamento, reglas: _Reglas) -> Iterator[Problema]:
    responde, visto = reglas.responde(caso, reglamento)
    if responde != caso["resultado"]:
        vio = f" (ve: {visto})" if visto else ""
        que = f"la regla «{caso['regla']}» responde «{responde}»{vio} y el caso dice «{caso['resultado']}»"
        yield caso.mal("resultado", que, f"escribe «{responde}» o corrige los datos del caso")


def _sin_caso(fila: Renglon, propios: list[Renglon], reglamento: Reglamento, reglas: _Reglas) -> Iterator[Problema]:
    territorios = [columna for columna in TERRITORIO if fila[columna]]
    if territorios and not any((c["regla"], c["resultado"]) == ("territorio", NO_CUMPLE) for c in propios):
        yield _falta_un_caso(fila, territorios[0], "territorio")
    for columna, regla in REGLA_DE.items():
        if not _estrecha(fila, columna):
            continue
        ancho = reglas.sin(columna, reglamento)
        afuera = (c for c in propios if c["regla"] == regla and reglas.responde(c, reglamento)[0] == NO_CUMPLE)
        if all(reglas.responde(c, ancho)[0] == NO_CUMPLE for c in afuera):
            yield _falta_un_caso(fila, columna, regla)


def _estrecha(fila: Renglon, columna: str) -> bool:
    return fila[columna] == "principal" if columna == "giro" else fila[columna] not in (None, [], "")


def _falta_un_caso(fila: Renglon, columna: str, regla: str) -> Problema:
    que = f"ningún caso de «{fila['id']}» muestra a quién deja afuera esta columna"
    como = f"agrega en casos.csv uno de la regla «{regla}» que por esto no cumpla y sin esto sí"
    return fila.mal(columna, que, como)
