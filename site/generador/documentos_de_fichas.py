"""Lo que se busca de las convocatorias, los eventos, las empresas y los productos: sale de los datos, no del HTML."""

from collections.abc import Iterator

from funciones.dominio.convocatoria import EstadoConvocatoria
from generador.citas import regiones_de
from generador.documento import Documento, Tipo, Vida
from generador.ficha_catalogo import FichaEmpresa, FichaProducto
from generador.ficha_convocatoria import FichaConvocatoria
from generador.ficha_evento import FichaEvento
from generador.fichas import Fichas
from generador.filtros import iso, minuscula, plata, rango

# Estas ya no cambian con el reloj: su estado va escrito.
QUIETAS = frozenset({EstadoConvocatoria.CERRADA, EstadoConvocatoria.CANCELADA})
# De una empresa con muchos productos basta nombrar algunos: cada uno se busca por su cuenta.
PRODUCTOS_POR_EMPRESA = 24


def de_fichas(fichas: Fichas) -> Iterator[Documento]:
    """Un documento por convocatoria, evento, empresa y producto."""
    yield from map(_convocatoria, fichas.convocatorias)
    yield from map(_evento, fichas.eventos)
    for empresa in fichas.empresas:
        yield _empresa(empresa)
        yield from map(_producto, empresa.productos)


def _convocatoria(c: FichaConvocatoria) -> Documento:
    documentos = [d.get("titulo", "") for d in c.fichas.hijas("documentos", c.id)]
    return Documento(
        Tipo.CONVOCATORIA,
        c.ruta,
        c.nombre,
        f"{c.lugar} · {rango(c.actividad_inicio, c.actividad_termino)}",
        c.resumen,
        (c.tipo, c.tematica or "", c.lugar, c.modalidad_palabra, "convocatoria postular"),
        " ".join([*c.apoyo, *c.admitidas, *documentos, c.objetivo_palabra]),
        frozenset(f"region-{codigo}" for codigo in c.codigos_region),
        c.demostracion,
        (c.estado_palabra, c.estado_clase),
        None if c.estado in QUIETAS else _vida(c),
        (str(c.estado), iso(c.cierre)),
    )


def _vida(c: FichaConvocatoria) -> Vida:
    return Vida(c.situacion, iso(c.apertura), iso(c.cierre), iso(c.resultados_desde), iso(c.termina))


def _evento(e: FichaEvento) -> Documento:
    partes = [f"{p['titulo']} {p['detalle'] or ''}" for p in e.programa]
    sede = e.sede_ficha["nombre"] if e.sede_ficha else ""
    return Documento(
        Tipo.EVENTO,
        e.ruta,
        e.nombre,
        f"{e.lugar} · {rango(e.inicio, e.termino)}",
        e.resumen,
        (e.tipo, e.lugar, sede, e.modalidad_palabra, "evento"),
        " ".join([*partes, *(empresa.nombre for empresa in e.empresas)]),
        frozenset(f"region-{codigo}" for codigo in regiones_de(e)),
        e.demostracion,
        (e.situacion_palabra, e.situacion_clase),
        None,
        # Primero lo que viene.
        ("2" if e.terminado else "1", iso(e.inicio)),
    )


def _empresa(empresa: FichaEmpresa) -> Documento:
    suyos = [p.nombre for p in empresa.productos[:PRODUCTOS_POR_EMPRESA]]
    return Documento(
        Tipo.EMPRESA,
        empresa.ruta,
        empresa.nombre,
        f"{empresa.lugar} · {empresa.rubro_nombre}",
        empresa.descripcion,
        (empresa.lugar, empresa.rubro_nombre, "empresa"),
        " ".join(suyos),
        frozenset({f"region-{empresa.region}", f"rubro-{empresa.rubro}"}),
        empresa.demostracion,
        vecindad=(empresa.rubro, empresa.region, empresa.id),
    )


def _producto(p: FichaProducto) -> Documento:
    empresa = p.empresa
    precio = "A convenir" if p.precio_clp is None else f"{plata(p.precio_clp)}, {minuscula(p.unidad)}"
    facetas = {f"region-{empresa.region}", f"rubro-{p.rubro}", f"precio-{p.tramo.id}"}
    return Documento(
        Tipo.PRODUCTO,
        p.ruta,
        p.nombre,
        f"{precio} · {empresa.nombre} · {empresa.region_nombre}",
        p.descripcion,
        (empresa.nombre, p.rubro_nombre, empresa.lugar),
        " ".join(p.variantes or ()),
        frozenset(facetas | ({"foto-si"} if p.fila.get("foto") else set())),
        p.demostracion,
        vecindad=(p.rubro, p.nombre, p.id),
    )
