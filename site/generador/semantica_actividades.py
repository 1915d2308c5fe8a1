"""Revisa los códigos de actividad que admite una convocatoria o junta un rubro: existen y el programa los atiende."""

from collections.abc import Iterator
from itertools import combinations

from generador.problemas import Problema
from generador.semantica_parametros import divisiones
from generador.sugerencias import parecido
from generador.vista import Renglon, Vista


def actividades(vista: Vista) -> Iterator[Problema]:
    """Lo admitido existe, lo atiende el programa y no está ya dentro de otro de la misma lista."""
    if not all(vista.completa("parametros", t) for t in ("secciones", "secciones_excepciones", "actividades")):
        return
    sectores = _Sectores(vista)
    for fila in vista.filas("convocatorias", "convocatorias"):
        admitidas = fila["actividades_admitidas"]
        for codigo in admitidas:
            mal = sectores.mal(codigo)
            if mal:
                yield fila.mal("actividades_admitidas", *mal)
        for uno, otro in combinations(admitidas, 2):
            yield from _uno_dentro_de_otro(fila, sectores, uno, otro)


def rubros(vista: Vista) -> Iterator[Problema]:
    """Con un rubro se buscan convocatorias: sus divisiones existen y el programa las atiende."""
    if not all(vista.completa("parametros", t) for t in ("secciones", "secciones_excepciones")):
        return
    sectores = _Sectores(vista)
    for fila in vista.filas("parametros", "rubros"):
        for division in fila["divisiones"]:
            mal = sectores.mal(division)
            if mal:
                yield fila.mal("divisiones", mal[0], "bórrala de la lista")


class _Sectores:
    """Las secciones, divisiones y códigos del SII, y cuáles atiende el programa."""

    def __init__(self, vista: Vista) -> None:
        self.seccion_de: dict[str, Renglon] = {}
        for fila in vista.filas("parametros", "secciones"):
            self.seccion_de |= {f"{d:02d}": fila for d in divisiones(fila["divisiones"])}
        self.secciones = {fila["seccion"]: fila for fila in vista.filas("parametros", "secciones")}
        self.excepciones = {f["division"]: f for f in vista.filas("parametros", "secciones_excepciones")}
        self.codigos = vista.textos("parametros", "actividades", "codigo")

    def mal(self, codigo: str) -> tuple[str, str] | None:
        """Qué está mal y cómo escribirlo, o None si se puede admitir."""
        if not self.existe(codigo):
            return self._no_existe(codigo)
        seccion = self.secciones[self.seccion(codigo)]
        if self._atendida(codigo) != "no":
            return None
        que = f"«{codigo}» es de {seccion['excluida_por'] or seccion['nombre']}, que el programa no atiende"
        return que, self._como(codigo, seccion)

    def existe(self, codigo: str) -> bool:
        conocidos = {1: self.secciones, 2: self.seccion_de, 6: self.codigos}[len(codigo)]
        return codigo in conocidos

    def seccion(self, codigo: str) -> str:
        return codigo if len(codigo) == 1 else str(self.seccion_de[codigo[:2]]["seccion"])

    def _atendida(self, codigo: str) -> str:
        if len(codigo) == 1:
            return str(self.secciones[codigo]["atendida"])
        excepcion = self.excepciones.get(codigo[:2])
        return str(excepcion["resultado"] if excepcion else self.seccion_de[codigo[:2]]["atendida"])

    def _como(self, codigo: str, seccion: Renglon) -> str:
        revisables = [d for d in sorted(self.excepciones) if self.seccion_de[d] is seccion]
        if len(codigo) == 1 and revisables:
            return f"bórralo; solo puedes nombrar {' y '.join(revisables)}, que revisa una persona"
        return "bórralo: una convocatoria no puede admitir más que el programa"

    def _no_existe(self, codigo: str) -> tuple[str, str]:
        que = {1: "una sección", 2: "una división", 6: "un código"}[len(codigo)]
        donde = "actividades.csv" if len(codigo) == 6 else "secciones.csv"
        cerca = parecido(codigo, self.codigos) if len(codigo) == 6 else None
        return f"«{codigo}» no es {que} de {donde}", f"escribe «{cerca}» o bórralo" if cerca else "corrígelo o bórralo"


def _uno_dentro_de_otro(fila: Renglon, sectores: _Sectores, uno: str, otro: str) -> Iterator[Problema]:
    ancho, angosto = sorted((uno, otro), key=len)
    if len(ancho) == len(angosto) or not (sectores.existe(ancho) and sectores.existe(angosto)):
        return
    if angosto.startswith(ancho) or sectores.seccion(angosto) == ancho:
        que = f"«{angosto}» ya está dentro de «{ancho}»"
        yield fila.mal("actividades_admitidas", que, f"borra «{ancho}» si quieres estrechar, o «{angosto}» si no")
