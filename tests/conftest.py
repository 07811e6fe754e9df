"""Modules beside this file (`strait`, `page_markup`, `hostile_texts`) can be imported by the tests of every room."""
