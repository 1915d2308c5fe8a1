"""La ficha del catálogo: la arma quien participa, la mira una persona, se expone y sale cuando se retira el permiso."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from funciones import exponer
from funciones.dominio.foto_limpia import limpiar
from funciones.dominio.medida_de_foto import LADO_MINIMO, PIXELES_MAXIMOS
from funciones.dominio.postulacion import Estado
from generador import examen_de_foto, vitrinas
from generador.fotos import TECHO_PIXELES
from generador.paquetes import leer
from tests.funciones.conftest import HOY
from tests.funciones.puerta import DE_OTRA_REGION, EVALUADOR, NACIONAL, Puerta
from tests.mundo import avanzar
from tests.recorridos.mundo import rut_de_ejemplo


def _imagen(formato: str = "JPEG", ancho: int = 640, **como: Any) -> bytes:
    salida = BytesIO()
    Image.new("RGB", (ancho, 480), (200, 140, 70)).save(salida, formato, **como)
    return salida.getvalue()


JPG, PNG = _imagen(), _imagen("PNG")
OPERADOR = {"sub": "operador-maule", "rol": "operador", "region": "07"}
FICHA = {"nombre": "Panes del Maule", "rubro": "alimentos", "descripcion": "Pan de masa madre.", "contacto": ""}
PAN = {
    "producto": "p1",
    "nombre": "Pan de campo, 1 kg",
    "descripcion": "De masa madre, en horno de barro.",
    "rubro": "alimentos",
    "precio": "$ 4.500",
    "unidad": "el kilo",
    "variantes": "blanco, integral",
}


class Duena:
    """Quien postuló y quedó seleccionada; habla con /api/exhibir."""

    def __init__(self, puerta: Puerta, rut: int = 77_100_010, **cambios: Any) -> None:
        self.puerta = puerta
        self.folio, self.codigo = puerta.recibida(rut_de_ejemplo(rut), **cambios)
        self.llevar(Estado.ADMISIBLE, Estado.SELECCIONADA)

    def llevar(self, *estados: Estado) -> None:
        postulacion = self.puerta.montaje.almacen.postulacion(self.folio)
        assert postulacion is not None
        avanzar(self.puerta.montaje.almacen, postulacion, *estados)

    def hacer(self, accion: str, **campos: str) -> tuple[int, dict[str, Any]]:
        cuerpo = {"folio": self.folio, "codigo": self.codigo, "accion": accion} | campos
        return self.puerta.json("exhibir", "POST", "/api/exhibir", cuerpo=cuerpo)

    def pagina(self, accion: str, **campos: str) -> tuple[int, str]:
        cuerpo = {"folio": self.folio, "codigo": self.codigo, "accion": accion} | campos
        respuesta = self.puerta.llamar("exhibir", "POST", "/api/exhibir", formulario=cuerpo, html=True)
        return respuesta["statusCode"], respuesta["body"]

    def dejar_foto(self, producto: str = "p1", contenido: bytes = JPG) -> None:
        """Lo que hace el depósito cuando llega el envío."""
        estado, cuerpo = self.hacer(f"foto:{producto}")
        assert estado == 200, cuerpo
        ruta = Path(self.puerta.entorno["ESTADO_LOCAL"]) / "documentos" / cuerpo["permiso"]["campos"]["key"]
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_bytes(contenido)

    def armar(self) -> None:
        assert self.hacer("guardar_ficha", **FICHA)[0] == 200
        assert self.hacer("guardar_producto", **PAN)[0] == 200

    def enviar(self) -> None:
        estado, cuerpo = self.hacer("enviar", permiso="si")
        assert (estado, cuerpo["estado"]) == (200, "en_revision")


@pytest.fixture
def duena(puerta: Puerta) -> Duena:
    return Duena(puerta)


def _moderar(
    puerta: Puerta, folio: str, decision: str, motivo: str = "", quien: dict[str, str] = EVALUADOR
) -> tuple[int, dict[str, Any]]:
    camino, ruta = {"folio": folio}, "/api/mesa/vitrinas/{folio}"
    estado, ficha = puerta.json("moderar", "GET", ruta, funcionario=quien, camino=camino)
    if estado != 200:
        return estado, ficha
    cuerpo = {"version": ficha["version"], "decision": decision, "motivo": motivo}
    return puerta.json("moderar", "POST", ruta, funcionario=quien, camino=camino, cuerpo=cuerpo)


def _lista(puerta: Puerta, quien: dict[str, str] = EVALUADOR) -> list[dict[str, Any]]:
    estado, cuerpo = puerta.json("moderar", "GET", "/api/mesa/vitrinas", funcionario=quien)
    assert estado == 200
    return list(cuerpo["vitrinas"])


def _expuestas(puerta: Puerta) -> list[dict[str, Any]]:
    hecho = exponer.exponer()
    assert hecho["fallas"] == 0
    archivo = Path(puerta.entorno["ESTADO_LOCAL"]) / "documentos" / "exposicion" / "vitrinas.json"
    # Sin ninguna todavía, no hay archivo: quien lo vigila no reconstruye el portal por nada.
    return list(json.loads(archivo.read_text(encoding="utf-8"))["vitrinas"]) if archivo.exists() else []


def _fotos_expuestas(puerta: Puerta) -> list[str]:
    return [ll.rpartition("/")[2] for ll in puerta.montaje.deposito.listar("exposicion/fotos/")]


def _correos(puerta: Puerta) -> list[str]:
    carpeta = Path(puerta.entorno["ESTADO_LOCAL"]) / "correo" / "new"
    return [a.read_text(encoding="utf-8") for a in sorted(carpeta.iterdir())] if carpeta.is_dir() else []


# De punta a punta


def test_de_la_ficha_vacia_al_catalogo_y_fuera_de_el(puerta: Puerta, duena: Duena) -> None:
    estado, vacia = duena.hacer("ver")
    assert (estado, vacia["estado"], vacia["contenido"]["nombre"]) == (200, "borrador", "Panes del Maule")
    assert puerta.montaje.almacen.vitrina(duena.folio) is None
    duena.armar()
    duena.dejar_foto()
    estado, cuerpo = duena.hacer("guardar_foto", producto="p1", foto_alt="Un pan redondo partido en dos")
    assert estado == 200, cuerpo
    duena.enviar()
    assert _expuestas(puerta) == []
    assert [v["nombre"] for v in _lista(puerta)] == ["Panes del Maule"]
    assert _moderar(puerta, duena.folio, "publicar")[0] == 200
    (expuesta,) = _expuestas(puerta)
    foto = expuesta["productos"][0].pop("foto")
    assert foto.startswith("fotos/")
    assert _fotos_expuestas(puerta) == [foto.removeprefix("fotos/")]
    publica = expuesta.pop("id")
    assert publica.startswith("v-")
    assert duena.folio.lower() not in publica
    assert expuesta == {
        "nombre": "Panes del Maule",
        "tipo_persona": "juridica",
        "region": "07",
        "comuna": "07101",
        "rubro": "alimentos",
        "descripcion": "Pan de masa madre.",
        "contacto": "",
        "consentimiento": "2026-11-23",
        "eventos": expuesta["eventos"],
        "demostracion": True,
        "productos": [
            {
                "id": f"{publica}-p1",
                "nombre": "Pan de campo, 1 kg",
                "descripcion": "De masa madre, en horno de barro.",
                "rubro": "alimentos",
                "precio_clp": 4500,
                "unidad": "el kilo",
                "variantes": ["blanco", "integral"],
                "foto_alt": "Un pan redondo partido en dos",
            }
        ],
    }
    estado, retirada = duena.hacer("retirar")
    assert (estado, retirada["estado"], retirada["publicada"]) == (200, "retirada", False)
    assert _expuestas(puerta) == []
    assert _fotos_expuestas(puerta) == []
    # Lo escrito sigue siendo suyo.
    assert duena.hacer("ver")[1]["contenido"]["productos"][0]["nombre"] == "Pan de campo, 1 kg"


def test_un_cambio_se_revisa_de_nuevo_y_mientras_tanto_se_ve_lo_aprobado(puerta: Puerta, duena: Duena) -> None:
    duena.armar()
    duena.enviar()
    _moderar(puerta, duena.folio, "publicar")
    duena.hacer("guardar_ficha", **FICHA | {"nombre": "Otro nombre", "descripcion": "Ahora también dulces."})
    assert [v["nombre"] for v in _lista(puerta)] == ["Panes del Maule"]
    assert _expuestas(puerta)[0]["descripcion"] == "Pan de masa madre."
    # Lo que todavía escribe no es asunto de la mesa.
    camino = {"folio": duena.folio}
    _, ficha = puerta.json("moderar", "GET", "/api/mesa/vitrinas/{folio}", funcionario=EVALUADOR, camino=camino)
    assert ficha["por_publicar"] is None
    assert ficha["publicado"]["descripcion"] == "Pan de masa madre."
    duena.enviar()
    assert _expuestas(puerta)[0]["descripcion"] == "Pan de masa madre."
    assert _moderar(puerta, duena.folio, "observar", "Cuenta qué dulces.")[1]["publicado"] is not None
    assert _expuestas(puerta)[0]["descripcion"] == "Pan de masa madre."
    assert duena.hacer("ver")[1]["motivo"] == "Cuenta qué dulces."
    duena.enviar()
    _moderar(puerta, duena.folio, "publicar")
    assert _expuestas(puerta)[0]["descripcion"] == "Ahora también dulces."


def test_guardar_lo_mismo_no_la_saca_de_donde_esta(puerta: Puerta, duena: Duena) -> None:
    duena.armar()
    duena.enviar()
    assert duena.hacer("guardar_ficha", **FICHA)[1]["estado"] == "en_revision"
    _moderar(puerta, duena.folio, "publicar")
    assert duena.hacer("guardar_producto", **PAN)[1]["estado"] == "publicada"
    assert duena.hacer("enviar", permiso="si")[0] == 409


def test_exponer_lo_mismo_otra_vez_no_reescribe_el_archivo(puerta: Puerta, duena: Duena) -> None:
    duena.armar()
    duena.enviar()
    _moderar(puerta, duena.folio, "publicar")
    _expuestas(puerta)
    archivo = Path(puerta.entorno["ESTADO_LOCAL"]) / "documentos" / "exposicion" / "vitrinas.json"
    antes = archivo.stat().st_mtime_ns, archivo.read_bytes()
    _expuestas(puerta)
    assert (archivo.stat().st_mtime_ns, archivo.read_bytes()) == antes


def test_la_misma_carpeta_se_puede_pedir_aparte(puerta: Puerta, duena: Duena, tmp_path: Path) -> None:
    duena.armar()
    duena.dejar_foto()
    duena.hacer("guardar_foto", producto="p1", foto_alt="Un pan redondo partido en dos")
    duena.enviar()
    _moderar(puerta, duena.folio, "publicar")
    assert exponer.principal(["--salida", str(tmp_path / "vitrinas")]) == 0
    expuestas = json.loads((tmp_path / "vitrinas" / "vitrinas.json").read_text(encoding="utf-8"))["vitrinas"]
    assert (tmp_path / "vitrinas" / expuestas[0]["productos"][0]["foto"]).read_bytes() == limpiar(JPG)
    assert exponer.principal([]) == 2


def test_lo_expuesto_es_lo_que_lee_quien_construye_el_portal(puerta: Puerta, duena: Duena, horneado: Path) -> None:
    duena.armar()
    duena.dejar_foto(contenido=_de_telefono())
    duena.hacer("guardar_foto", producto="p1", foto_alt="Un pan redondo partido en dos")
    duena.hacer("guardar_producto", **PAN | {"producto": "p2", "nombre": "Sopaipilla", "precio": "", "unidad": ""})
    duena.enviar()
    _moderar(puerta, duena.folio, "publicar")
    assert len(_expuestas(puerta)) == 1
    carpeta = Path(puerta.entorno["ESTADO_LOCAL"]) / "documentos" / "exposicion"
    leidas = vitrinas.leer(carpeta, leer(horneado.parent / "datos"), HOY.date())
    assert [e["nombre"] for e in leidas.empresas] == ["Panes del Maule"]
    assert [p["nombre"] for p in leidas.productos] == ["Pan de campo, 1 kg", "Sopaipilla"]
    assert list(leidas.fotos) == [leidas.productos[0]["id"]]
    duena.hacer("retirar")
    _expuestas(puerta)
    assert vitrinas.leer(carpeta, leer(horneado.parent / "datos"), HOY.date()).empresas == []


# Quién puede


def test_quien_no_tiene_un_puesto_no_tiene_ficha(puerta: Puerta) -> None:
    folio, codigo = puerta.recibida(rut_de_ejemplo(77_100_020))
    cuerpo = {"folio": folio, "codigo": codigo, "accion": "ver"}
    estado, respuesta = puerta.json("exhibir", "POST", "/api/exhibir", cuerpo=cuerpo)
    assert (estado, respuesta["error"]) == (409, "vitrina_no_corresponde")


def test_quien_deja_su_puesto_deja_de_verse_y_todavia_puede_retirar_su_permiso(puerta: Puerta, duena: Duena) -> None:
    duena.armar()
    duena.enviar()
    _moderar(puerta, duena.folio, "publicar")
    assert len(_expuestas(puerta)) == 1
    duena.llevar(Estado.RETIRADA)
    assert _expuestas(puerta) == []
    assert duena.hacer("guardar_ficha", **FICHA)[0] == 409
    assert duena.hacer("ver")[1]["corresponde"] is False
    assert duena.hacer("retirar")[1]["estado"] == "retirada"


def test_con_el_codigo_de_otra_es_como_si_no_existiera(puerta: Puerta, duena: Duena) -> None:
    otra = Duena(puerta, 77_100_030)
    duena.armar()
    for codigo in (otra.codigo, "", "x" * 32):
        cuerpo = {"folio": duena.folio, "codigo": codigo, "accion": "ver"}
        estado, respuesta = puerta.json("exhibir", "POST", "/api/exhibir", cuerpo=cuerpo)
        assert (estado, respuesta["error"]) == (404, "no_existe")
    assert otra.hacer("producto:p7")[0] == 404


def test_la_vuelta_de_subir_pide_la_galleta_de_esa_ficha(puerta: Puerta, duena: Duena) -> None:
    duena.armar()
    duena.dejar_foto()
    duena.pagina("foto:p1")
    consulta = {"folio": duena.folio, "producto": "p1"}
    vuelta = puerta.llamar("exhibir", "GET", "/api/exhibir", consulta=consulta, html=True)
    assert vuelta["statusCode"] == 200
    assert "Recibimos tu foto" in vuelta["body"]
    antes = puerta.montaje.almacen.vitrina(duena.folio)
    for _ in range(3):
        puerta.llamar("exhibir", "GET", "/api/exhibir", consulta=consulta, html=True)
    assert puerta.montaje.almacen.vitrina(duena.folio) == antes
    puerta.galletas = ["vitrina=otro"]
    assert puerta.llamar("exhibir", "GET", "/api/exhibir", consulta=consulta, html=True)["statusCode"] == 404


@pytest.mark.parametrize("quien", [DE_OTRA_REGION, OPERADOR])
def test_otra_region_y_quien_opera_no_la_ven_ni_deciden(puerta: Puerta, duena: Duena, quien: dict[str, str]) -> None:
    duena.armar()
    duena.enviar()
    vitrina = puerta.montaje.almacen.vitrina(duena.folio)
    assert vitrina is not None
    camino, ruta = {"folio": duena.folio}, "/api/mesa/vitrinas/{folio}"
    cuerpo = {"version": vitrina.version, "decision": "publicar", "motivo": ""}
    assert puerta.json("moderar", "GET", ruta, funcionario=quien, camino=camino)[0] == 404
    assert puerta.json("moderar", "POST", ruta, funcionario=quien, camino=camino, cuerpo=cuerpo)[0] == 404
    foto = {"folio": duena.folio, "foto": "ab" * 32}
    assert puerta.json("moderar", "GET", f"{ruta}/fotos/{{foto}}", funcionario=quien, camino=foto)[0] == 404
    if quien["rol"] == "evaluador":
        assert _lista(puerta, quien) == []
    else:
        assert puerta.json("moderar", "GET", "/api/mesa/vitrinas", funcionario=quien)[0] == 404
    assert puerta.montaje.almacen.vitrina(duena.folio) == vitrina
    assert _moderar(puerta, duena.folio, "publicar", quien=NACIONAL)[0] == 200


# La mesa


def test_devolver_y_sacar_piden_su_razon_y_publicar_no(puerta: Puerta, duena: Duena) -> None:
    duena.armar()
    duena.enviar()
    estado, cuerpo = _moderar(puerta, duena.folio, "observar")
    assert (estado, cuerpo["error"]) == (422, "falta_motivo")
    assert _moderar(puerta, duena.folio, "publicar")[0] == 200
    estado, cuerpo = _moderar(puerta, duena.folio, "bajar", "   ")
    assert (estado, cuerpo["error"]) == (422, "falta_motivo")
    estado, cuerpo = _moderar(puerta, duena.folio, "bajar", "La foto es de otra persona.")
    assert (estado, cuerpo["estado"], cuerpo["publicado"]) == (200, "retirada", None)
    ultimo = cuerpo["historia"][-1]
    assert (ultimo["motivo"], ultimo["quien"][:9]) == ("La foto es de otra persona.", "evaluador")
    assert _expuestas(puerta) == []
    assert duena.hacer("ver")[1]["la_bajo_la_mesa"] is True


def test_no_se_decide_sobre_lo_que_cambio_mientras_se_miraba(puerta: Puerta, duena: Duena) -> None:
    duena.armar()
    duena.enviar()
    camino, ruta = {"folio": duena.folio}, "/api/mesa/vitrinas/{folio}"
    _, ficha = puerta.json("moderar", "GET", ruta, funcionario=EVALUADOR, camino=camino)
    duena.hacer("guardar_ficha", **FICHA | {"nombre": "Otro nombre"})
    cuerpo = {"version": ficha["version"], "decision": "publicar", "motivo": ""}
    assert puerta.json("moderar", "POST", ruta, funcionario=EVALUADOR, camino=camino, cuerpo=cuerpo)[0] == 404
    duena.enviar()
    estado, respuesta = puerta.json("moderar", "POST", ruta, funcionario=EVALUADOR, camino=camino, cuerpo=cuerpo)
    assert (estado, respuesta["error"]) == (409, "cambio_entre_medio")
    assert _expuestas(puerta) == []


def test_la_mesa_baja_la_foto_que_va_a_publicar_y_ninguna_otra(puerta: Puerta, duena: Duena) -> None:
    duena.armar()
    duena.dejar_foto()
    duena.hacer("guardar_foto", producto="p1", foto_alt="Un pan redondo partido en dos")
    duena.enviar()
    _, ficha = puerta.json(
        "moderar", "GET", "/api/mesa/vitrinas/{folio}", funcionario=EVALUADOR, camino={"folio": duena.folio}
    )
    huella = ficha["por_publicar"]["productos"][0]["foto"]["huella"]
    ruta = "/api/mesa/vitrinas/{folio}/fotos/{foto}"
    estado, cuerpo = puerta.json(
        "moderar", "GET", ruta, funcionario=EVALUADOR, camino={"folio": duena.folio, "foto": huella}
    )
    assert (estado, cuerpo["nombre"]) == (200, "foto.jpg")
    camino = {"folio": duena.folio, "foto": "0" * 64}
    assert puerta.json("moderar", "GET", ruta, funcionario=EVALUADOR, camino=camino)[0] == 404


# Lo que se escribe


@pytest.mark.parametrize(
    ("cambio", "campo", "dice"),
    [
        ({"nombre": ""}, "nombre", "Escribe el nombre"),
        ({"nombre": "x" * 91}, "nombre", "caben 90"),
        ({"rubro": "minería"}, "rubro", "de la lista"),
        ({"descripcion": "Llámame, mi RUT es 12.345.678-5"}, "descripcion", "Quita el RUT"),
        ({"contacto": "javascript:alert(1)"}, "contacto", "Escribe una página"),
        ({"contacto": "https://yo:clave@sitio.cl"}, "contacto", "Escribe una página"),
        ({"contacto": "2 2345 6789"}, "contacto", "Escribe una página"),
    ],
)
def test_lo_que_no_sirve_dice_como_escribirlo_y_no_se_pierde(
    duena: Duena, cambio: dict[str, str], campo: str, dice: str
) -> None:
    estado, cuerpo = duena.hacer("guardar_ficha", **FICHA | cambio)
    assert (estado, list(cuerpo["campos"])) == (422, [campo])
    assert dice in cuerpo["campos"][campo]
    estado, pagina = duena.pagina("guardar_ficha", **FICHA | cambio)
    assert estado == 422
    assert pagina.count(dice) == 2
    if campo != "rubro" and cambio[campo]:
        assert cambio[campo] in pagina


@pytest.mark.parametrize(
    ("escrito", "guardado"),
    [
        ("instagram.com/panes", "https://instagram.com/panes"),
        ("http://panes.cl", "https://panes.cl"),
        ("HTTPS://panes.cl", "https://panes.cl"),
        ("+56 9 8765 4321", "https://wa.me/56987654321"),
        ("987654321", "https://wa.me/56987654321"),
        ("", ""),
    ],
)
def test_el_contacto_se_escribe_como_salga(duena: Duena, escrito: str, guardado: str) -> None:
    estado, cuerpo = duena.hacer("guardar_ficha", **FICHA | {"contacto": escrito})
    assert (estado, cuerpo["contenido"]["contacto"]) == (200, guardado)


@pytest.mark.parametrize(
    ("escrito", "precio"), [("4.500", 4500), ("$4500", 4500), ("", None), ("A convenir", None), ("gratis", ...)]
)
def test_el_precio_va_en_pesos_o_es_a_convenir(duena: Duena, escrito: str, precio: Any) -> None:
    estado, cuerpo = duena.hacer("guardar_producto", **PAN | {"precio": escrito})
    if precio is ...:
        assert (estado, list(cuerpo["campos"])) == (422, ["precio"])
    else:
        assert cuerpo["contenido"]["productos"][0]["precio_clp"] == precio


def test_caben_doce_productos_y_repetir_el_envio_no_duplica(duena: Duena) -> None:
    for n in range(1, 13):
        for _ in range(2):
            assert duena.hacer("guardar_producto", **PAN | {"producto": f"p{n}", "nombre": f"Pan {n}"})[0] == 200
    estado, cuerpo = duena.hacer("guardar_producto", **PAN | {"producto": "p13"})
    assert (estado, cuerpo["error"]) == (409, "vitrina_imposible")
    _, cuerpo = duena.hacer("quitar:p12")
    assert len(cuerpo["contenido"]["productos"]) == 11
    # El id de lo que se quitó no vuelve: un enlace viejo no muestra otra cosa.
    assert cuerpo["siguiente_producto"] == "p13"


def test_sin_permiso_marcado_o_sin_productos_no_se_envia(duena: Duena) -> None:
    estado, cuerpo = duena.hacer("enviar")
    assert (estado, sorted(cuerpo["campos"])) == (422, ["descripcion", "permiso", "productos", "rubro"])
    duena.armar()
    estado, pagina = duena.pagina("enviar")
    assert estado == 422
    assert pagina.count("Marca el permiso: sin él no publicamos nada.") == 2
    assert duena.hacer("ver")[1]["estado"] == "borrador"


@pytest.mark.parametrize(
    ("contenido", "dice"),
    [
        (b"", "vacío"),
        (b"%PDF-1.4 hola", "no es una foto JPG ni PNG"),
        (b"MZ\x90\x00programa", "por dentro es otra cosa"),
        (JPG + bytes(7 * 1024 * 1024), "pesa más de 7 MB"),
        (JPG[:400], "dañada o llegó a medias"),
        (_imagen(ancho=319), "Sube una de 320 píxeles"),
        (_imagen("PNG", ancho=200_000), "La foto es enorme"),
        (None, "Falta subir la foto"),
    ],
    ids=["vacia", "pdf", "disfrazada", "grande", "cortada", "chica", "enorme", "ninguna"],
)
def test_la_foto_que_no_sirve_dice_por_que_y_la_descripcion_no_se_pierde(
    duena: Duena, contenido: bytes | None, dice: str
) -> None:
    duena.armar()
    if contenido is not None:
        duena.dejar_foto(contenido=contenido)
    estado, cuerpo = duena.hacer("guardar_foto", producto="p1", foto_alt="Un pan redondo partido")
    assert (estado, list(cuerpo["campos"])) == (422, ["file"])
    assert dice in cuerpo["campos"]["file"]
    estado, pagina = duena.pagina("guardar_foto", producto="p1", foto_alt="Un pan redondo partido")
    assert estado == 422
    # Arriba y junto al campo; las del guion no se ven.
    assert re.sub(r'data-palabras="[^"]*"', "", pagina).count(dice) == 2


def test_la_foto_pide_su_descripcion_y_cambiarla_borra_la_anterior(puerta: Puerta, duena: Duena) -> None:
    duena.armar()
    duena.dejar_foto()
    estado, cuerpo = duena.hacer("guardar_foto", producto="p1", foto_alt="Pan")
    assert (estado, list(cuerpo["campos"])) == (422, ["foto_alt"])
    assert duena.hacer("guardar_foto", producto="p1", foto_alt="Un pan redondo partido en dos")[0] == 200
    guardadas = puerta.montaje.deposito.listar("vitrinas/")
    assert len(guardadas) == 1
    duena.dejar_foto(contenido=PNG)
    assert duena.hacer("guardar_foto", producto="p1", foto_alt="Otro pan, con semillas")[0] == 200
    nuevas = puerta.montaje.deposito.listar("vitrinas/")
    assert len(nuevas) == 1
    assert nuevas != guardadas
    assert [ll for ll in puerta.montaje.deposito.listar("cuarentena/") if ll.endswith("/foto")] == []
    # Sin otra foto, solo cambia lo que dice.
    _, cuerpo = duena.hacer("guardar_foto", producto="p1", foto_alt="Pan con semillas de linaza")
    assert cuerpo["contenido"]["productos"][0]["foto_alt"] == "Pan con semillas de linaza"
    duena.hacer("quitar_foto:p1")
    assert puerta.montaje.deposito.listar("vitrinas/") == ()


def _de_telefono() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "S"
    return _imagen(exif=exif)


def test_la_foto_se_guarda_sin_donde_se_tomo_y_con_su_giro(puerta: Puerta, duena: Duena) -> None:
    duena.armar()
    duena.dejar_foto(contenido=_de_telefono())
    duena.hacer("guardar_foto", producto="p1", foto_alt="Un pan redondo partido en dos")
    (llave,) = puerta.montaje.deposito.listar("vitrinas/")
    exif = Image.open(BytesIO(puerta.montaje.deposito.leer(llave))).getexif()
    assert dict(exif) == {0x0112: 6}
    assert not exif.get_ifd(0x8825)


def test_la_medida_que_se_pide_es_la_del_generador() -> None:
    assert (LADO_MINIMO, PIXELES_MAXIMOS) == (examen_de_foto.ANCHO_MINIMO, TECHO_PIXELES)


def test_la_foto_publicada_sigue_mientras_se_cambia_por_otra(puerta: Puerta, duena: Duena) -> None:
    duena.armar()
    duena.dejar_foto()
    duena.hacer("guardar_foto", producto="p1", foto_alt="Un pan redondo partido en dos")
    duena.enviar()
    _moderar(puerta, duena.folio, "publicar")
    duena.hacer("quitar_foto:p1")
    assert _expuestas(puerta)[0]["productos"][0]["foto"] in {f"fotos/{f}" for f in _fotos_expuestas(puerta)}
    assert len(puerta.montaje.deposito.listar("vitrinas/")) == 1
    duena.enviar()
    _moderar(puerta, duena.folio, "publicar")
    assert puerta.montaje.deposito.listar("vitrinas/") == ()
    assert _expuestas(puerta)[0]["productos"][0]["foto"] is None
    assert _fotos_expuestas(puerta) == []


# El correo


def test_cada_decision_tiene_su_correo_una_sola_vez_y_despues_de_exponer(puerta: Puerta, duena: Duena) -> None:
    duena.armar()
    duena.enviar()
    exponer.exponer()
    assert _correos(puerta) == []
    _moderar(puerta, duena.folio, "publicar")
    for _ in range(3):
        exponer.exponer()
        puerta.pasar(exponer.timedelta(minutes=exponer.MINUTOS_ARRIENDO))
    assert len(_correos(puerta)) == 1
    duena.hacer("retirar")
    exponer.exponer()
    assert len(_correos(puerta)) == 2


def test_un_correo_que_no_sale_se_intenta_de_nuevo_y_no_detiene_lo_demas(puerta: Puerta, duena: Duena) -> None:
    duena.armar()
    duena.enviar()
    _moderar(puerta, duena.folio, "publicar")
    estorbo = Path(puerta.entorno["ESTADO_LOCAL"]) / "correo"
    estorbo.write_text("aquí debía haber una carpeta")
    assert exponer.exponer()["fallas"] == 1
    assert len(puerta.montaje.deposito.listar("exposicion/vitrinas.json")) == 1
    estorbo.unlink()
    assert exponer.exponer()["correos"] == 0
    puerta.pasar(exponer.timedelta(minutes=exponer.MINUTOS_ARRIENDO))
    assert exponer.exponer()["correos"] == 1
    assert len(_correos(puerta)) == 1
