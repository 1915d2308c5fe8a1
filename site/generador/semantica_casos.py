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
from generador.caso_de_muestra import fijas, fila_para_pegar, muestras
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
    "comunas_admitidas": "territorio",
    "regiones_admitidas": "territorio",
    "actividades_admitidas": "sector",
    "giro": "sector",
    "ventas_minimas_uf": "ventas",
    "ventas_maximas_uf": "ventas",
    "antiguedad_minima_anios": "antiguedad",
    "antiguedad_maxima_anios": "antiguedad",
    "perfil": "perfil",
}
# Regla → las columnas de casos.csv que mira.
MIRA = {
    "inicio_actividades": ("inicio_actividades",),
    "categoria": ("actividad", "otras_actividades"),
    "ventas": ("ventas_clp",),
    "ventas_cooperativa": ("ventas_clp", "asociados"),
    "sector": ("actividad", "otras_actividades"),
    "territorio": ("comuna",),
    "antiguedad": ("inicio_fecha",),
    "perfil": ("liderada_por_mujeres",),
    "deudas": ("deudas",),
    "practicas_antisindicales": ("condena_antisindical",),
    "rendiciones": ("rendiciones_pendientes",),
    "deuda_alimentos": ("deuda_alimentos",),
}
# Las que solo rigen si la convocatoria las pide → por qué no rigen cuando no.
SIN_PEDIR = {"antiguedad": "la convocatoria no pide antigüedad", "perfil": "la convocatoria no pide perfil"}
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
        self.columnas = tuple(vista.esquemas["convocatorias"].recursos["casos"].campos)

    def de(self, id_convocatoria: str) -> Reglamento | None:
        """El reglamento, o None si ese día no rige algún número: eso ya se dice en otra parte."""
        convocatoria = self.publicado.convocatoria(id_convocatoria)
        try:
            return self.publicado.reglamento(convocatoria) if convocatoria else None
        except (KeyError, ArithmeticError, ValueError):
            return None

    def comunas_conocidas(self, propios: list[Renglon]) -> bool:
        return all(c["comuna"] is None or c["comuna"] in self.publicado.comunas for c in propios)

    def responde(self, caso: Mapping[str, Any], reglamento: Reglamento) -> tuple[str, str]:
        """El resultado y lo que se vio, en palabras cortas."""
        hallazgo = hallar(caso, reglamento, self.publicado.comunas)
        return (NO_RIGE, "") if hallazgo is None else (str(hallazgo.resultado), hallazgo.declarado)

    def deja_afuera(self, columna: str, caso: Mapping[str, Any], reglamento: Reglamento) -> bool:
        """Si por esa columna no cumple y sin ella sí; las dos de territorio se ven con un mismo caso."""
        if self.responde(caso, reglamento)[0] != NO_CUMPLE:
            return False
        return columna in TERRITORIO or self.responde(caso, self.sin(columna, reglamento))[0] != NO_CUMPLE

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
    responde, visto = reglas.responde(caso.valores, reglamento)
    if responde == caso["resultado"]:
        return
    faltan = _vacias(caso, reglamento) if responde == Resultado.FALTA_DATO else []
    notas = (
        f"ve: {visto}" if visto else "",
        _por_que_no_rige(caso, reglamento) if responde == NO_RIGE else "",
        f"falta: {', '.join(faltan)}" if faltan else "",
    )
    dicho = "; ".join(nota for nota in notas if nota)
    aparte = f" ({dicho})" if dicho else ""
    que = f"la regla «{caso['regla']}» responde «{responde}»{aparte} y el caso dice «{caso['resultado']}»"
    corrige = f"llena {' o '.join(faltan)}" if faltan else "corrige los datos del caso"
    yield caso.mal("resultado", que, f"escribe «{responde}» o {corrige}")


def _vacias(caso: Renglon, reglamento: Reglamento) -> list[str]:
    """Las columnas sin llenar que mira su regla; con giro principal, las otras actividades no cuentan."""
    sobra = "otras_actividades" if reglamento.giro == "principal" else ""
    return [columna for columna in MIRA.get(caso["regla"], ()) if columna != sobra and not _llena(caso, columna)]


def _llena(caso: Renglon, columna: str) -> bool:
    """Cero ventas es un dato; cero asociados, no."""
    return bool(caso[columna]) if columna == "asociados" else caso[columna] not in (None, "", [])


def _por_que_no_rige(caso: Renglon, reglamento: Reglamento) -> str:
    regla, tipo = caso["regla"], caso["tipo_persona"]
    if not reglamento.pide(regla):
        return SIN_PEDIR[regla]
    if reglamento.matriz[tipo, regla] == "no":
        return f"en matriz.csv no rige para «{tipo}» en el componente {reglamento.componente}"
    return "en matriz.csv rige solo con inicio de actividades en primera"


def _sin_caso(fila: Renglon, propios: list[Renglon], reglamento: Reglamento, reglas: _Reglas) -> Iterator[Problema]:
    territorios = [columna for columna in TERRITORIO if fila[columna]][:1]
    for columna in (*territorios, *(c for c in REGLA_DE if c not in TERRITORIO and _estrecha(fila, c))):
        regla = REGLA_DE[columna]
        suyos = (caso.valores for caso in propios if caso["regla"] == regla)
        if not any(reglas.deja_afuera(columna, caso, reglamento) for caso in suyos):
            yield _falta_un_caso(fila, columna, reglamento, reglas)


def _estrecha(fila: Renglon, columna: str) -> bool:
    return fila[columna] == "principal" if columna == "giro" else fila[columna] not in (None, [], "")


def _falta_un_caso(fila: Renglon, columna: str, reglamento: Reglamento, reglas: _Reglas) -> Problema:
    regla = REGLA_DE[columna]
    que = f"ningún caso de «{fila['id']}» muestra a quién deja afuera esta columna"
    como = f"agrega en casos.csv uno de la regla «{regla}» que por esto no cumpla y sin esto sí"
    pegar = fila_para_pegar(
        fijas(fila["id"], columna, regla, reglamento),
        muestras(columna, reglamento, reglas.publicado),
        reglas.columnas,
        lambda caso: reglas.deja_afuera(columna, caso, reglamento),
    )
    return fila.mal(columna, que, f"{como}. Puedes pegar esta fila: {pegar}" if pegar else como)
