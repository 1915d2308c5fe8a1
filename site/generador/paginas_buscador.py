"""La página del buscador: el formulario con sus filtros y, para cuando no se busca, las listas de siempre."""

from generador.ficha_catalogo import A_CONVENIR, TRAMOS
from generador.fichas import Fichas
from generador.pagina import Pagina

EJEMPLOS = ("queso", "feria en Maule", "requisitos", "lana", "lista de espera")


def del_buscador(fichas: Fichas) -> Pagina:
    """La página de /buscar/. El guion trae el índice recién con la primera tecla."""
    productos = [p for empresa in fichas.empresas for p in empresa.productos]
    con_productos = {p.rubro for p in productos}
    contexto = {
        "rubros": [r for r in fichas.rubro.values() if r["id"] in con_productos],
        "hay_fotos": any(p.fila.get("foto") for p in productos),
        "opciones": {
            "region": [(r["region"], r["nombre"]) for r in fichas.regiones],
            "precio": [(t.id, t.nombre) for t in (*TRAMOS, A_CONVENIR)],
            "rubro": [(r["id"], r["nombre"]) for r in fichas.rubro.values() if r["id"] in con_productos],
        },
        "regiones_con_productos": {e.region for e in fichas.empresas if e.productos},
        "ejemplos": EJEMPLOS,
    }
    return Pagina(
        "/buscar/", "buscar", "s-tramite", "buscar", True, contexto=contexto, guiones=("estado.js", "buscar.js")
    )
