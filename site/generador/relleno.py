"""Lo que va en cada hueco del cascarón: las plantillas del portal, con escape automático y sin variables sueltas."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generador import estructurados
from generador.alternas import alternas
from generador.fichas import Fichas
from generador.filtros import FILTROS
from generador.lamina import DEL_PORTAL, laminas
from generador.pagina import Pagina
from generador.vigencia import vigencia

MARCA = "Ferias y Redes"


class Relleno:
    """Dibuja los huecos de cada página; lo que se repite entre páginas se dibuja una vez."""

    def __init__(self, plantillas: Path, fichas: Fichas) -> None:
        self._entorno = Environment(
            loader=FileSystemLoader(plantillas),
            # Compilar las plantillas es un décimo de la construcción; lo compilado se reconoce por su huella.
            bytecode_cache=FileSystemBytecodeCache(),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._entorno.filters.update(FILTROS)
        self._laminas = laminas(fichas)
        self._sitio = fichas.entradas.sitio
        self._convocatorias = frozenset(c.id for c in fichas.convocatorias)
        self._entorno.globals.update(ahora=fichas.ahora, fichas=fichas, sitio=self._sitio, estructurados=estructurados)
        self._entorno.globals["programa"] = vigencia(fichas)
        self._entorno.globals["piezas"] = self._entorno.get_template("portal/piezas.html.j2").module
        del_catalogo = self._entorno.get_template("portal/piezas_catalogo.html.j2").module
        # Un producto sale en varias listas: su tarjeta se dibuja una vez.
        self._entorno.globals.update(catalogo=del_catalogo, tarjeta_de_producto=cache(del_catalogo.producto))
        self._cabecera = cache(self._dibujar_cabecera)

    def de(self, pagina: Pagina) -> dict[str, str]:
        """Hueco → HTML."""
        bloques = self._bloques(pagina)
        return {
            "cabeza": self._cabeza(pagina, bloques)
            + str(alternas(pagina.ruta, self._convocatorias))
            + str(bloques.get("cabeza", "")),
            "seccion": pagina.seccion,
            "cabecera": self._cabecera(pagina.nav, pagina.exacta, pagina.region_orden),
            "contenido": bloques["contenido"],
            "guiones": "".join(f'<script src="/tema/{g}" defer></script>' for g in pagina.guiones),
        }

    def _bloques(self, pagina: Pagina) -> dict[str, Markup]:
        """Los bloques de la plantilla, ya escapados por ella: marcarlos evita escaparlos dos veces."""
        plantilla = self._entorno.get_template(f"portal/{pagina.plantilla}.html.j2")
        contexto = plantilla.new_context({**pagina.contexto, "ruta": pagina.ruta})
        return {nombre: Markup("".join(bloque(contexto)).strip()) for nombre, bloque in plantilla.blocks.items()}

    def _cabeza(self, pagina: Pagina, bloques: dict[str, Markup]) -> str:
        """Lo que se ve al compartir sale de la misma página; la imagen, de su bloque `imagen` si lo tiene."""
        lamina = self._laminas[str(bloques.get("imagen", "")) or DEL_PORTAL]
        return self._entorno.get_template("partes/cabeza.html").render(
            seccion=pagina.seccion,
            titulo=bloques["titulo"] + f" · {MARCA}",
            descripcion=bloques["descripcion"],
            direccion=self._sitio + pagina.ruta,
            imagen=estructurados.absoluta(self._sitio, lamina.direccion),
            imagen_texto=lamina.texto,
        )

    def _dibujar_cabecera(self, nav: str, exacta: bool, region_orden: int | None) -> str:
        techo = self._entorno.get_template("partes/techo.html").render(nav_actual=nav, nav_exacto=exacta)
        return techo + "\n" + self._entorno.get_template("partes/toldo.html").render(region_orden=region_orden)
