"""El correo embebido queda en una carpeta que abre cualquier lector, y nada sale a la red."""

from __future__ import annotations

import email
import mailbox
import resource
import stat
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from funciones.adaptadores.correo import CorreoNoResponde, DireccionRechazada
from funciones.adaptadores.correo_maildir import CorreoMaildir
from funciones.adaptadores.redaccion import redactar
from funciones.dominio.postulacion import Estado
from tests.adaptadores.test_correo import BAJA, cuerpo, mensaje
from tests.correo.contexto import PLANTILLAS, completo


@pytest.fixture
def carpeta(tmp_path: Path) -> Path:
    return tmp_path / "estado" / "correo"


def leer(carpeta: Path, referencia: str) -> EmailMessage:
    with mailbox.Maildir(carpeta, create=False).get_file(referencia) as archivo:
        return email.message_from_bytes(archivo.read(), policy=default)  # type: ignore[return-value]


def test_un_aviso_de_verdad_se_lee_igual_que_como_se_redacto(carpeta: Path) -> None:
    asunto, texto, html = redactar(Estado.NO_ADMISIBLE, completo(), PLANTILLAS)
    leido = leer(carpeta, CorreoMaildir(carpeta).enviar(mensaje(asunto=asunto, texto=texto, html=html)))
    assert leido["Subject"] == asunto
    assert cuerpo(leido, "plain") == texto
    assert cuerpo(leido, "html").splitlines() == html.splitlines()
    assert leido.defects == []
    assert parsedate_to_datetime(leido["Date"]).tzinfo is not None


def test_la_baja_de_un_toque_llega_a_la_carpeta(carpeta: Path) -> None:
    leido = leer(carpeta, CorreoMaildir(carpeta).enviar(mensaje(baja=BAJA)))
    assert (leido["List-Unsubscribe"], leido["List-Unsubscribe-Post"]) == (f"<{BAJA}>", "List-Unsubscribe=One-Click")


def test_el_reenvio_deja_el_mismo_id_bajo_otra_referencia(carpeta: Path) -> None:
    correo = CorreoMaildir(carpeta)
    referencias = [correo.enviar(mensaje()) for _ in range(2)]
    assert len(set(referencias)) == 2
    assert len({leer(carpeta, r)["Message-ID"] for r in referencias}) == 1


def test_lo_nuevo_queda_sin_leer_y_a_medias_no_queda_nada(carpeta: Path) -> None:
    CorreoMaildir(carpeta).enviar(mensaje())
    assert {sub.name: len(list(sub.iterdir())) for sub in carpeta.iterdir()} == {"new": 1, "cur": 0, "tmp": 0}


def test_la_carpeta_solo_la_abre_su_duenio(carpeta: Path) -> None:
    CorreoMaildir(carpeta).enviar(mensaje())
    for ruta in (carpeta.parent, carpeta):
        assert stat.S_IMODE(ruta.stat().st_mode) == 0o700


def test_una_direccion_imposible_no_deja_mensaje(carpeta: Path) -> None:
    with pytest.raises(DireccionRechazada):
        CorreoMaildir(carpeta).enviar(mensaje(para="nadie"))
    assert not carpeta.exists()


def test_con_el_disco_lleno_se_puede_reintentar(carpeta: Path) -> None:
    correo = CorreoMaildir(carpeta)
    antes = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, antes[1]))
    try:
        with pytest.raises(CorreoNoResponde, match=r"^E[A-Z]+$") as falla:
            correo.enviar(mensaje())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, antes)
    assert falla.value.__suppress_context__
    assert not list((carpeta / "new").iterdir())
    assert correo.enviar(mensaje())


def test_si_en_su_lugar_hay_un_archivo_se_dice_sin_la_ruta(carpeta: Path) -> None:
    carpeta.parent.mkdir()
    carpeta.write_text("no soy una carpeta")
    with pytest.raises(CorreoNoResponde, match=r"^[A-Za-z]+$"):
        CorreoMaildir(carpeta).enviar(mensaje())
