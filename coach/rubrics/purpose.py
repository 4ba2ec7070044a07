"""Purpose: does the objective serve something larger, visibly?"""
