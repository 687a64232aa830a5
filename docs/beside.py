"""Bring into the site what stands beside docs/ in the project: the README, the real deals, the decisions, and what they link to.

A link of a page is written so that it leads to the file in the project. Here it is turned to where that file is in the site.
"""

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ("README.md", "LICENSE", "scenarios/*.md", "scenarios/*.yaml", "decisions/*.md", "examples/*.*")
LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#)([^)#\s]+)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages that stand beside docs/ where the navigation names them by a pattern."""
    config.nav = [{title: _named(pages) for title, pages in each.items()} for each in config.nav or ()]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the files that stand beside docs/ under their own names."""
    for pattern in BESIDE:
        for path in sorted(ROOT.glob(pattern)):
            files.append(File.generated(config, path.relative_to(ROOT).as_posix(), abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - a hook's
    """Turn the links of a page to where the files are in the site."""
    here = page.file.src_uri
    folder = posixpath.dirname(_in_project(here))

    def turned(link: re.Match[str]) -> str:
        there = posixpath.normpath(posixpath.join(folder, link[1]))
        return posixpath.relpath(there.removeprefix("docs/"), posixpath.dirname(here) or ".")

    return LINK.sub(turned, markdown)


def _named(pages: object) -> object:
    if not isinstance(pages, str) or "*" not in pages:
        return pages
    return sorted(
        (path.relative_to(ROOT).as_posix() for path in ROOT.glob(pages)), key=lambda name: "README" not in name
    )


def _in_project(uri: str) -> str:
    return uri if (ROOT / uri).is_file() else f"docs/{uri}"
